package dev.barevirt.launcher.machine;

import org.jspecify.annotations.Nullable;

/** A machine-wide option of the command line, without an id and never plugged later. */
public sealed interface MachineOption extends FragmentPart {
  /** Options that QEMU takes once; the settings of all fragments are merged into one. */
  enum Flag {
    /** Name of guest and process. */
    NAME("-name"),
    /** Machine type and its properties. */
    MACHINE("-machine"),
    /** What runs the guest's code. */
    ACCEL("-accel"),
    /** CPU model and its features. */
    CPU("-cpu"),
    /** Topology. */
    SMP("-smp"),
    /** Memory size. */
    MEMORY("-m"),
    /** Locking of memory. */
    OVERCOMMIT("-overcommit"),
    /** Clock. */
    RTC("-rtc"),
    /** Boot order and menu. */
    BOOT("-boot"),
    /** What happens on reboot, shutdown, panic and watchdog. */
    ACTION("-action"),
    /** The system calls QEMU gives up. */
    SANDBOX("-sandbox"),
    /** Form of messages. */
    MESSAGES("-msg");

    private final String text;

    Flag(String text) {
      this.text = text;
    }

    /** As on the command line. */
    public String text() {
      return text;
    }
  }

  /**
   * One setting of a merged option.
   *
   * @param flag the option
   * @param key the key; empty for the value that comes first without one
   * @param value the value, unescaped
   */
  record Setting(Flag flag, String key, String value) implements MachineOption {
    /** The first value, which has no key. */
    public static Setting head(Flag flag, String value) {
      return new Setting(flag, "", value);
    }

    /** A value by its key. */
    public static Setting of(Flag flag, String key, String value) {
      return new Setting(flag, key, value);
    }

    /** A switch. */
    public static Setting of(Flag flag, String key, boolean on) {
      return new Setting(flag, key, on ? "on" : "off");
    }
  }

  /**
   * An option that may be given several times, each with its own keys: {@code -smbios}, {@code
   * -global}, {@code -fw_cfg}.
   *
   * @param flag as on the command line
   * @param properties its keys and values
   */
  record Repeated(String flag, Properties properties) implements MachineOption {}

  /**
   * An option whose one value QEMU takes as it is, or that has none.
   *
   * @param flag as on the command line
   * @param value the value
   */
  record Plain(String flag, @Nullable String value) implements MachineOption {}

  /**
   * An option whose value is the path of a file.
   *
   * @param flag as on the command line
   * @param key the key the path goes by; empty when it is the whole value
   * @param file the file
   */
  record FileOption(String flag, String key, HostResource.ReadableFile file)
      implements MachineOption {}
}
