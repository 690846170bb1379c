package dev.barevirt.virtctl.command;

import dev.barevirt.api.yaml.YamlWriter;
import dev.barevirt.virtctl.flag.Arguments;
import dev.barevirt.virtctl.flag.Flag;
import dev.barevirt.virtctl.flag.Outline;
import dev.barevirt.virtctl.flag.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;

/** {@code create vm}: prints a manifest. */
public final class CreateVmCommand implements Command {
  private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";
  private static final int SUFFIX = 5;

  @Override
  public Outline outline() {
    return Outline.of(
            "create vm",
            "",
            0,
            "Print the manifest of a virtual machine",
            Flag.text("name", "", "Name of the machine (default vm- and five letters)"),
            Flag.text(
                "run-strategy",
                "Always",
                "When it runs: " + String.join(", ", MachineManifest.RUN_STRATEGIES)),
            Flag.number("termination-grace-period", 180, "Seconds the guest has to shut down"),
            Flag.text("memory", "512Mi", "Memory of the guest"),
            Flag.text("instancetype", "", "Instance type, as [KIND/]NAME"),
            Flag.text("preference", "", "Preference, as [KIND/]NAME"),
            Flag.text("infer-instancetype-from", "", "Volume to infer the instance type from"),
            Flag.text("infer-preference-from", "", "Volume to infer the preference from"),
            Flag.texts(
                "volume-containerdisk", "Container disk, as src:IMAGE,name:NAME,bootorder:N"),
            Flag.texts("volume-pvc", "Claim, as src:CLAIM,name:NAME,bootorder:N"),
            Flag.texts("volume-sysprep", "Sysprep answers, as src:NAME,type:configMap|secret"),
            Flag.text("user", "", "User that cloud-init makes"),
            Flag.text("password-file", "", "File with the user's password"),
            Flag.list("ssh-key", "SSH keys that may log in as the user"),
            Flag.truth("ga-manage-ssh", "Let the guest agent manage SSH keys"),
            Flag.texts(
                "access-cred",
                "Credential, as type:ssh|password,src:SECRET,method:ga|nocloud|configdrive,user:NAME"),
            Flag.text(
                "cloud-init", "nocloud", "How the guest is told: nocloud, configdrive or none"),
            Flag.text("cloud-init-user-data", "", "User data of cloud-init, in base64"),
            Flag.text("cloud-init-network-data", "", "Network data of cloud-init, in base64"))
        .showing(
            "create vm --name=my-vm --volume-containerdisk=src:quay.io/containerdisks/debian:13",
            "create vm --volume-pvc=src:my-claim --user=debian --ssh-key=\"$(cat ~/.ssh/id.pub)\"");
  }

  @Override
  public int run(Session session, Arguments arguments) {
    arguments.exclude("instancetype", "infer-instancetype-from");
    arguments.exclude("instancetype", "memory");
    arguments.exclude("preference", "infer-preference-from");
    arguments.exclude("cloud-init-user-data", "user");
    arguments.exclude("cloud-init-user-data", "password-file");
    arguments.exclude("cloud-init-user-data", "ssh-key");
    String name = arguments.has("name") ? arguments.text("name") : "vm-" + suffix();
    Map<String, Object> manifest =
        new MachineManifest(name, arguments, password(session, arguments)).object();
    session.out().text(YamlWriter.toYaml(manifest));
    return DONE;
  }

  private static String password(Session session, Arguments arguments) {
    if (!arguments.has("password-file")) {
      return "";
    }
    Path file = session.world().directory().resolve(arguments.text("password-file"));
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UsageException(
          "cannot read --password-file %s: %s".formatted(file, e.getMessage()));
    }
  }

  private static String suffix() {
    SecureRandom random = new SecureRandom();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < SUFFIX; i++) {
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return text.toString();
  }
}
