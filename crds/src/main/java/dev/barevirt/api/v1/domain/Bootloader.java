package dev.barevirt.api.v1.domain;

import dev.barevirt.api.schema.Doc;
import org.jspecify.annotations.Nullable;

/** The firmware that loads the operating system: one of the two. */
public record Bootloader(
    @Doc("The classic firmware.") @Nullable Bios bios, @Doc("UEFI.") @Nullable Efi efi) {
  /** The classic firmware. */
  public record Bios(
      @Doc("Whether it talks on the serial console too.") @Nullable Boolean useSerial) {}

  /** UEFI. */
  public record Efi(
      @Doc("Whether only signed boot loaders run; true when absent.") @Nullable Boolean secureBoot,
      @Doc("Whether its variables survive the instance.") @Nullable Boolean persistent) {
    /** Nothing said. */
    public static final Efi EMPTY = new Efi(null, null);

    /** The same with another {@code secureBoot}. */
    public Efi withSecureBoot(@Nullable Boolean secureBoot) {
      return new Efi(secureBoot, persistent);
    }
  }
}
