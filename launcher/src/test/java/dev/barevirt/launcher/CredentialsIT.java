package dev.barevirt.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.launcher.CredentialReport;
import dev.barevirt.api.launcher.GivenVolume;
import dev.barevirt.api.launcher.GuestRequest;
import dev.barevirt.api.launcher.LauncherCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys and passwords of secrets, seen from inside a guest that has no program for passwords. */
final class CredentialsIT {
  private static final String DISK =
      "\"devices\": {\"disks\": [{\"name\": \"seed\", \"disk\": {\"bus\": \"virtio\"}}]}";
  private static final String SPEC =
      """
      "volumes": [{"name": "seed", "cloudInitNoCloud": {"userData": "#cloud-config"}}],
      "accessCredentials": [
        {"sshPublicKey": {"source": {"secret": {"secretName": "boot"}},
          "propagationMethod": {"noCloud": {}}}},
        {"sshPublicKey": {"source": {"secret": {"secretName": "keys"}},
          "propagationMethod": {"qemuGuestAgent": {"users": ["root"]}}}},
        {"userPassword": {"source": {"secret": {"secretName": "passwords"}},
          "propagationMethod": {"qemuGuestAgent": {}}}}],
      """;

  @TempDir Path directory;

  @Test
  void theGuestHasTheKeysOfItsSecretsAndFollowsThem() throws Exception {
    hold("boot", "mine.pub", "ssh-ed25519 AAAAboot me@here");
    hold("keys", "mine.pub", "ssh-ed25519 AAAAfirst me@here");
    hold("passwords", "root", "hunter2");
    try (ResidentProcess resident = ResidentProcess.start()) {
      resident.call(new LauncherCommand.Sync(request()));
      try (SerialText console = resident.console()) {
        console.await("barevirt guest ready");
        assertThat(console.run("mount -t iso9660 -o ro /dev/vda /mnt; cat /mnt/meta-data"))
            .contains("\"public-keys\":{\"0\":\"ssh-ed25519 AAAAboot me@here\"}");
        Awaitility.await().atMost(ResidentProcess.PATIENCE).until(() -> refusal(resident) != null);
        assertThat(refusal(resident))
            .startsWith("user root: the guest did not set a password") // it has no such program
            .doesNotContain("hunter2");
        assertThat(console.run("cat /root/.ssh/authorized_keys")).contains("AAAAfirst");

        hold("keys", "mine.pub", "ssh-ed25519 AAAAsecond me@here");
        Awaitility.await()
            .atMost(ResidentProcess.PATIENCE)
            .until(() -> console.run("cat /root/.ssh/authorized_keys").contains("AAAAsecond"));
        assertThat(console.run("cat /root/.ssh/authorized_keys")).doesNotContain("AAAAfirst");
      }
      assertThat(resident.log()).doesNotContain("hunter2");
    }
  }

  private static @Nullable String refusal(ResidentProcess resident) throws InterruptedException {
    CredentialReport report = resident.call(new LauncherCommand.Report()).credentials();
    return report == null ? null : report.message();
  }

  private GuestRequest request() {
    return Requests.withAgent(
        DISK, SPEC, List.of(given("boot"), given("keys"), given("passwords")));
  }

  private GivenVolume given(String secret) {
    return new GivenVolume(
        GivenVolume.CREDENTIAL + secret,
        GivenVolume.Kind.DIRECTORY,
        directory.resolve(secret).toString(),
        null,
        true);
  }

  private void hold(String secret, String key, String value) throws Exception {
    Path files = Files.createDirectories(directory.resolve(secret));
    Path written = Files.writeString(directory.resolve("new"), value);
    Files.move(
        written,
        files.resolve(key),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }
}
