package dev.barevirt.launcher.machine.device;

import dev.barevirt.api.v1.domain.Clock;
import dev.barevirt.launcher.machine.DeviceMapper;
import dev.barevirt.launcher.machine.Fragment;
import dev.barevirt.launcher.machine.FragmentPart;
import dev.barevirt.launcher.machine.MachineInput;
import dev.barevirt.launcher.machine.MachineOption.Flag;
import dev.barevirt.launcher.machine.MachineOption.Setting;
import dev.barevirt.launcher.machine.Refusal;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The time the guest's clock shows when it starts: UTC, an offset from it, or the local time of a
 * zone, which QEMU is given as a date.
 */
final class ClockMapper implements DeviceMapper {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");

  @Override
  public Set<String> reads() {
    return FieldPaths.under("domain.clock", "utc.offsetSeconds", "timezone");
  }

  @Override
  public Fragment map(MachineInput in) {
    return Fragment.of(base(in, in.domain().clock()));
  }

  private static FragmentPart base(MachineInput in, @Nullable Clock clock) {
    if (clock == null) {
      return rtc("utc");
    }
    String zone = clock.timezone();
    if (zone != null && !zone.isEmpty()) {
      return clock.utc() == null
          ? zone(in, zone)
          : Refusal.invalid("spec.domain.clock", "a clock is in UTC or in a time zone, not both");
    }
    Integer offset = clock.utc() == null ? null : clock.utc().offsetSeconds();
    return offset == null || offset == 0
        ? rtc("utc")
        : rtc(DATE.format(LocalDateTime.ofInstant(in.now().plusSeconds(offset), ZoneOffset.UTC)));
  }

  private static FragmentPart zone(MachineInput in, String zone) {
    try {
      return rtc(DATE.format(LocalDateTime.ofInstant(in.now(), ZoneId.of(zone))));
    } catch (DateTimeException _) {
      return Refusal.invalid("spec.domain.clock.timezone", "there is no time zone " + zone);
    }
  }

  private static Setting rtc(String base) {
    return new Setting(Flag.RTC, "base", base);
  }
}
