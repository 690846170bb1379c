package dev.barevirt.launcher.machine.device;

import dev.barevirt.api.v1.domain.Chassis;
import dev.barevirt.launcher.machine.DeviceMapper;
import dev.barevirt.launcher.machine.Fragment;
import dev.barevirt.launcher.machine.FragmentPart;
import dev.barevirt.launcher.machine.MachineInput;
import dev.barevirt.launcher.machine.MachineKind;
import dev.barevirt.launcher.machine.MachineOption.Plain;
import dev.barevirt.launcher.machine.MachineOption.Repeated;
import dev.barevirt.launcher.machine.Properties;
import dev.barevirt.launcher.machine.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the machine says about itself: its UUID, serial number and chassis. A guest without a UUID
 * of its own gets one made of its namespace and name, so that it is the same after a restart.
 */
final class SmbiosMapper implements DeviceMapper {
  private static final String FIRMWARE = "spec.domain.firmware.";
  private static final String CHASSIS = "spec.domain.chassis.";
  private static final String PRODUCT = "KubeVirt";

  @Override
  public Set<String> reads() {
    return FieldPaths.union(
        FieldPaths.under("domain.firmware", "uuid", "serial"),
        FieldPaths.under("domain.chassis", "manufacturer", "version", "serial", "asset", "sku"));
  }

  @Override
  public Fragment map(MachineInput in) {
    Optional<UUID> uuid = uuid(in);
    if (uuid.isEmpty()) {
      return Fragment.of(Refusal.invalid(FIRMWARE + "uuid", "not a UUID"));
    }
    List<FragmentPart> parts = new ArrayList<>();
    parts.add(new Plain("-uuid", uuid.get().toString()));
    Map<String, String> system = new LinkedHashMap<>();
    put(system, "serial", serial(in));
    Map<String, String> chassis = chassis(in.domain().chassis());
    parts.addAll(refusals(FIRMWARE, system));
    parts.addAll(refusals(CHASSIS, chassis));
    if (in.kind() == MachineKind.MICROVM) {
      parts.addAll(refusedOnMicrovm(system, chassis));
      return Fragment.of(parts);
    }
    if (parts.size() == 1) {
      parts.add(systemTable(uuid.get(), system));
      if (!chassis.isEmpty()) {
        parts.add(table(3, chassis));
      }
    }
    return Fragment.of(parts);
  }

  private static Optional<UUID> uuid(MachineInput in) {
    String asked = in.domain().firmware() == null ? null : in.domain().firmware().uuid();
    if (asked != null && !asked.isEmpty()) {
      return parsed(asked);
    }
    String namespace = in.vmi().metadata().namespace();
    String name = in.vmi().metadata().name();
    String identity = (namespace == null ? "default" : namespace) + "/" + name;
    return Optional.of(UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8)));
  }

  private static Optional<UUID> parsed(String text) {
    return text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
        ? Optional.of(UUID.fromString(text))
        : Optional.empty();
  }

  private static @Nullable String serial(MachineInput in) {
    return in.domain().firmware() == null ? null : in.domain().firmware().serial();
  }

  private static Map<String, String> chassis(@Nullable Chassis chassis) {
    Map<String, String> table = new LinkedHashMap<>();
    if (chassis != null) {
      put(table, "manufacturer", chassis.manufacturer());
      put(table, "version", chassis.version());
      put(table, "serial", chassis.serial());
      put(table, "asset", chassis.asset());
      put(table, "sku", chassis.sku());
    }
    return table;
  }

  private static void put(Map<String, String> table, String key, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      table.put(key, value);
    }
  }

  private static List<Refusal> refusals(String path, Map<String, String> table) {
    return table.entrySet().stream()
        .flatMap(e -> GuestText.check(e.getValue(), path + e.getKey()).stream())
        .toList();
  }

  private static List<Refusal> refusedOnMicrovm(
      Map<String, String> system, Map<String, String> chassis) {
    List<Refusal> refused = new ArrayList<>();
    String why = "a microvm has no SMBIOS tables";
    system.keySet().forEach(k -> refused.add(Refusal.unsupported(FIRMWARE + k, why)));
    chassis.keySet().forEach(k -> refused.add(Refusal.unsupported(CHASSIS + k, why)));
    return refused;
  }

  private static Repeated systemTable(UUID uuid, Map<String, String> system) {
    Map<String, String> table = new LinkedHashMap<>();
    table.put("manufacturer", PRODUCT);
    table.put("product", "None");
    table.putAll(system);
    table.put("uuid", uuid.toString());
    table.put("family", PRODUCT);
    return table(1, table);
  }

  private static Repeated table(int type, Map<String, String> members) {
    Properties properties = Properties.none().with("type", type);
    for (Map.Entry<String, String> member : members.entrySet()) {
      properties = properties.with(member.getKey(), member.getValue());
    }
    return new Repeated("-smbios", properties);
  }
}
