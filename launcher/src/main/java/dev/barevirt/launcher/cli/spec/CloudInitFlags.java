package dev.barevirt.launcher.cli.spec;

import dev.barevirt.launcher.cli.output.CliFailure;
import dev.barevirt.launcher.cli.output.Text;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes {@code --cloud-init}, {@code --ssh-key} and {@code --user} into a manifest. */
final class CloudInitFlags {
  private static final String VOLUME = "cloudinit";
  private static final Pattern USER = Pattern.compile("[a-z_][a-z0-9_-]{0,31}");
  private static final Pattern KEY =
      Pattern.compile("(ssh|ecdsa|sk)-[a-z0-9@.-]+ [A-Za-z0-9+/=]+( .*)?");

  private final SpecDocument document;
  private final HostFiles files;

  CloudInitFlags(SpecDocument document, HostFiles files) {
    this.document = document;
    this.files = files;
  }

  void write(@Nullable String cloudInit, @Nullable String sshKey, @Nullable String user) {
    if (user != null) {
      if (!USER.matcher(user).matches()) {
        throw CliFailure.usage("--user '" + Text.printable(user) + "' is not a user name");
      }
      document.annotate(HostNotes.USER, user);
    }
    if (cloudInit == null && sshKey == null) {
      return;
    }
    if (cloudInit != null && sshKey != null) {
      throw CliFailure.usage("--ssh-key and --cloud-init do not go together")
          .advising("put ssh_authorized_keys into the user data");
    }
    Map<String, Object> source = new LinkedHashMap<>();
    if (cloudInit != null) {
      source.putAll(given(cloudInit));
    } else if (sshKey != null) {
      source.putAll(login(sshKey(sshKey), user));
    }
    document.add(
        "spec.domain.devices.disks", Map.of("name", VOLUME, "disk", Map.of("bus", "virtio")));
    document.add("spec.volumes", Map.of("name", VOLUME, "cloudInitNoCloud", source));
  }

  private Map<String, Object> given(String flag) {
    KeyValues value = KeyValues.parse("--cloud-init", flag, List.of("network"));
    Map<String, Object> source = new LinkedHashMap<>();
    source.put("userDataBase64", base64(files.text("--cloud-init", value.first())));
    value
        .value("network")
        .ifPresent(
            path ->
                source.put("networkDataBase64", base64(files.text("--cloud-init network", path))));
    return source;
  }

  private static Map<String, Object> login(String key, @Nullable String user) {
    String name = user == null ? "root" : user;
    String quotedKey = key.replace("\\", "\\\\").replace("\"", "\\\"");
    String sudo = name.equals("root") ? "" : "  sudo: ALL=(ALL) NOPASSWD:ALL\n  shell: /bin/bash\n";
    String config =
        """
        #cloud-config
        disable_root: false
        users:
        - name: %s
          ssh_authorized_keys: ["%s"]
        %s\
        """
            .formatted(name, quotedKey, sudo);
    return Map.of("userData", config);
  }

  private String sshKey(String flag) {
    String key = "auto".equals(flag) ? files.ownPublicKey() : files.text("--ssh-key", flag);
    key = key.strip();
    if (!KEY.matcher(key).matches()) {
      throw CliFailure.usage("--ssh-key " + flag + " is not one public key")
          .advising("name the file that ends in .pub");
    }
    return key;
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
