package dev.barevirt.virtctl.command;

import dev.barevirt.api.core.Quantity;
import dev.barevirt.virtctl.flag.Arguments;
import dev.barevirt.virtctl.flag.UsageException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The manifest that {@code create vm} prints. */
final class MachineManifest {
  static final List<String> RUN_STRATEGIES =
      List.of("Always", "RerunOnFailure", "Manual", "Halted", "Once", "WaitAsReceiver");

  private final String name;
  private final Arguments arguments;
  private final String password;
  private final List<Object> disks = new ArrayList<>();
  private final List<Object> volumes = new ArrayList<>();

  MachineManifest(String name, Arguments arguments, String password) {
    this.name = name;
    this.arguments = arguments;
    this.password = password;
  }

  /** The object. */
  Map<String, Object> object() {
    volumes();
    cloudInit();
    Map<String, Object> instance = new LinkedHashMap<>();
    List<Object> credentials = credentials();
    if (!credentials.isEmpty()) {
      instance.put("accessCredentials", credentials);
    }
    instance.put("domain", domain());
    instance.put("terminationGracePeriodSeconds", arguments.number("termination-grace-period"));
    if (!volumes.isEmpty()) {
      instance.put("volumes", volumes);
    }
    Map<String, Object> spec = new LinkedHashMap<>();
    matcher(
        spec, "instancetype", "VirtualMachineInstancetype", "VirtualMachineClusterInstancetype");
    matcher(spec, "preference", "VirtualMachinePreference", "VirtualMachineClusterPreference");
    spec.put("runStrategy", runStrategy());
    spec.put("template", Map.of("spec", instance));
    Map<String, Object> machine = new LinkedHashMap<>();
    machine.put("apiVersion", "kubevirt.io/v1");
    machine.put("kind", "VirtualMachine");
    machine.put("metadata", Map.of("name", name));
    machine.put("spec", spec);
    return machine;
  }

  private String runStrategy() {
    String asked = arguments.text("run-strategy");
    return RUN_STRATEGIES.stream()
        .filter(each -> each.equalsIgnoreCase(asked))
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    "failed to parse \"--run-strategy\" flag: invalid RunStrategy \"%s\", supported values are: %s"
                        .formatted(asked, String.join(", ", RUN_STRATEGIES))));
  }

  private Map<String, Object> domain() {
    Map<String, Object> domain = new LinkedHashMap<>();
    domain.put("devices", disks.isEmpty() ? Map.of() : Map.of("disks", disks));
    // What an instance type says, a machine does not say again.
    if (!arguments.has("instancetype") && !arguments.has("infer-instancetype-from")) {
      domain.put("memory", Map.of("guest", memory()));
    }
    domain.put("resources", Map.of());
    return domain;
  }

  private String memory() {
    String asked = arguments.text("memory");
    if (Quantity.parse(asked).isEmpty()) {
      throw new UsageException(
          "failed to parse \"--memory\" flag: \"%s\" is not a quantity, such as 2Gi"
              .formatted(asked));
    }
    return asked;
  }

  private void matcher(Map<String, Object> spec, String flag, String namespaced, String cluster) {
    if (arguments.has("infer-" + flag + "-from")) {
      spec.put(flag, Map.of("inferFromVolume", arguments.text("infer-" + flag + "-from")));
      return;
    }
    if (!arguments.has(flag)) {
      return;
    }
    String written = arguments.text(flag);
    int slash = written.indexOf('/');
    String kind = slash < 0 ? cluster : written.substring(0, slash);
    String found =
        List.of(namespaced, cluster).stream()
            .filter(each -> each.equalsIgnoreCase(kind))
            .findFirst()
            .orElseThrow(
                () ->
                    new UsageException(
                        "failed to parse \"--%s\" flag: invalid kind \"%s\", supported values are: %s, %s"
                            .formatted(flag, kind, namespaced, cluster)));
    Map<String, Object> matcher = new LinkedHashMap<>();
    matcher.put("kind", found);
    matcher.put("name", written.substring(slash + 1));
    spec.put(flag, matcher);
  }

  private void volumes() {
    List<String> images = arguments.texts("volume-containerdisk");
    for (int i = 0; i < images.size(); i++) {
      Parameters disk = disk("volume-containerdisk", images.get(i));
      add(
          disk.or("name", "%s-containerdisk-%d".formatted(name, i)),
          "containerDisk",
          Map.of("image", disk.required("src")),
          disk);
    }
    for (String claim : arguments.texts("volume-pvc")) {
      Parameters disk = disk("volume-pvc", claim);
      String source = disk.required("src");
      add(disk.or("name", source), "persistentVolumeClaim", Map.of("claimName", source), disk);
    }
    for (String answers : arguments.texts("volume-sysprep")) {
      Parameters sysprep = Parameters.of("volume-sysprep", answers, List.of("src", "type"));
      Map<String, Object> reference = Map.of("name", sysprep.required("src"));
      switch (sysprep.or("type", "configMap").toLowerCase(Locale.ROOT)) {
        case "configmap" -> add("sysprepdisk", "sysprep", Map.of("configMap", reference), sysprep);
        case "secret" -> add("sysprepdisk", "sysprep", Map.of("secret", reference), sysprep);
        default -> throw sysprep.wrong("type", "configMap, secret");
      }
    }
  }

  private static Parameters disk(String flag, String written) {
    return Parameters.of(flag, written, List.of("src", "name", "bootorder"));
  }

  /** Volumes get their disks from the server; one that boots in a certain order names its own. */
  private void add(String volume, String kind, Map<String, Object> source, Parameters parameters) {
    if (volumes.stream()
        .anyMatch(each -> each instanceof Map<?, ?> map && volume.equals(map.get("name")))) {
      throw new UsageException(
          "failed to parse \"--%s\" flag: there is already a volume with name '%s'"
              .formatted(parameters.flag(), volume));
    }
    Map<String, Object> entry = new TreeMap<>();
    entry.put(kind, source);
    entry.put("name", volume);
    volumes.add(entry);
    String order = parameters.or("bootorder", "");
    if (!order.isEmpty()) {
      if (!order.matches("[1-9]\\d{0,5}")) {
        throw parameters.wrong("bootorder", "whole numbers from 1");
      }
      Map<String, Object> disk = new LinkedHashMap<>();
      disk.put("bootOrder", Long.valueOf(order));
      disk.put("disk", Map.of("bus", "virtio"));
      disk.put("name", volume);
      disks.add(disk);
    }
  }

  private void cloudInit() {
    String kind =
        switch (arguments.text("cloud-init")) {
          case "nocloud" -> "cloudInitNoCloud";
          case "configdrive" -> "cloudInitConfigDrive";
          case "none" -> "";
          default ->
              throw new UsageException(
                  "failed to parse \"--cloud-init\" flag: invalid value \"%s\", supported values are: nocloud, configdrive, none"
                      .formatted(arguments.text("cloud-init")));
        };
    Map<String, Object> source = new LinkedHashMap<>();
    if (arguments.has("cloud-init-network-data")) {
      source.put("networkDataBase64", arguments.text("cloud-init-network-data"));
    }
    if (arguments.has("cloud-init-user-data")) {
      source.put("userDataBase64", arguments.text("cloud-init-user-data"));
    } else if (!userData().isEmpty()) {
      source.put("userData", userData());
    }
    if (source.isEmpty() || kind.isEmpty()) {
      return;
    }
    Map<String, Object> volume = new LinkedHashMap<>();
    volume.put(kind, source);
    volume.put("name", "cloudinitdisk");
    volumes.add(volume);
  }

  /** Cloud-config. JSON texts are YAML texts: nothing in a password can end its line. */
  private String userData() {
    StringBuilder text = new StringBuilder("#cloud-config");
    if (arguments.has("user")) {
      text.append("\nuser: ").append(quoted(arguments.text("user")));
    }
    if (!password.isEmpty()) {
      text.append("\npassword: ").append(quoted(password));
      text.append("\nchpasswd: { expire: False }");
    }
    List<String> keys = arguments.texts("ssh-key");
    if (!keys.isEmpty()) {
      text.append("\nssh_authorized_keys:");
      keys.forEach(key -> text.append("\n  - ").append(quoted(key)));
    }
    if (arguments.truth("ga-manage-ssh")) {
      text.append("\nruncmd:\n  - [ setsebool, -P, 'virt_qemu_ga_manage_ssh', 'on' ]");
    }
    return text.indexOf("\n") < 0 ? "" : text.toString();
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
  }

  private List<Object> credentials() {
    List<Object> found = new ArrayList<>();
    for (String written : arguments.texts("access-cred")) {
      Parameters credential =
          Parameters.of("access-cred", written, List.of("type", "src", "method", "user"));
      found.add(
          switch (credential.or("type", "ssh")) {
            case "ssh" -> Map.of("sshPublicKey", publicKey(credential));
            case "password" ->
                Map.of("userPassword", secret(credential, Map.of("qemuGuestAgent", Map.of())));
            default -> throw credential.wrong("type", "ssh, password");
          });
    }
    return found;
  }

  private Map<String, Object> publicKey(Parameters credential) {
    return switch (credential.or("method", "ga")) {
      case "ga" -> {
        String user = credential.or("user", arguments.text("user"));
        if (user.isEmpty()) {
          throw new UsageException(
              "failed to parse \"--access-cred\" flag: user must be specified with access credential ssh method ga (\"user:\" or \"--user\")");
        }
        yield secret(credential, Map.of("qemuGuestAgent", Map.of("users", List.of(user))));
      }
      case "nocloud" -> secret(credential, Map.of("noCloud", Map.of()));
      case "configdrive" -> secret(credential, Map.of("configDrive", Map.of()));
      default -> throw credential.wrong("method", "ga, nocloud, configdrive");
    };
  }

  private static Map<String, Object> secret(Parameters credential, Map<String, Object> method) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("propagationMethod", method);
    object.put("source", Map.of("secret", Map.of("secretName", credential.required("src"))));
    return object;
  }
}
