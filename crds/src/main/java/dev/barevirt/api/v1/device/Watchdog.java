package dev.barevirt.api.v1.device;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.schema.Allowed;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import org.jspecify.annotations.Nullable;

/** A timer that acts when the guest stops feeding it; one model. */
public record Watchdog(
    @Doc("Its name.") @Required String name,
    @Doc("A PCI watchdog.") @Nullable I6300esb i6300esb,
    @Doc("The watchdog of s390x.") @Nullable Diag288 diag288) {
  public Watchdog {
    name = Frozen.orElse(name, "");
  }

  /** The same with another {@code i6300esb}. */
  public Watchdog withI6300esb(@Nullable I6300esb i6300esb) {
    return new Watchdog(name, i6300esb, diag288);
  }

  /** A PCI watchdog. */
  public record I6300esb(
      @Doc("What it does; reset when absent.") @Allowed({"poweroff", "reset", "shutdown"})
          @Nullable String action) {
    /** The same with another {@code action}. */
    public I6300esb withAction(@Nullable String action) {
      return new I6300esb(action);
    }
  }

  /** The watchdog of s390x. */
  public record Diag288(
      @Doc("What it does; reset when absent.") @Allowed({"poweroff", "reset", "shutdown"})
          @Nullable String action) {
    /** The same with another {@code action}. */
    public Diag288 withAction(@Nullable String action) {
      return new Diag288(action);
    }
  }
}
