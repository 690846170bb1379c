package dev.barevirt.api.v1.device;

import dev.barevirt.api.core.FeatureState;
import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.schema.Allowed;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import dev.barevirt.api.schema.Unsigned;
import org.jspecify.annotations.Nullable;

/** A disk, LUN or CD-ROM that shows a volume of the same name. */
public record Disk(
    @Doc("The volume's name.") @Required String name,
    @Doc("Shows the volume as a disk.") @Nullable Target disk,
    @Doc("Passes a device of the host through.") @Nullable Lun lun,
    @Doc("Shows the volume as a CD-ROM.") @Nullable CdRom cdrom,
    @Doc("When it is tried as boot device, from 1 up.") @Unsigned @Nullable Long bootOrder,
    @Doc("Its serial number, as the guest reads it.") @Nullable String serial,
    @Doc("Whether it has a thread of its own for its input and output.")
        @Nullable Boolean dedicatedIOThread,
    @Doc("How the host caches it.") @Allowed({"none", "writethrough", "writeback"})
        @Nullable String cache,
    @Doc("How the host does its input and output.") @Allowed({"native", "threads"})
        @Nullable String io,
    @Doc("A word the guest finds beside it in its metadata.") @Nullable String tag,
    @Doc("The size of its blocks.") @Nullable BlockSize blockSize,
    @Doc("Whether several guests may write to it.") @Nullable Boolean shareable,
    @Doc("What happens when the host cannot read or write.")
        @Allowed({"stop", "ignore", "report", "enospace"})
        @Nullable String errorPolicy,
    @Doc("Whether changed blocks are tracked for backups.")
        @Nullable Boolean changedBlockTracking) {
  public Disk {
    name = Frozen.orElse(name, "");
  }

  /** The same with another {@code disk}. */
  public Disk withDisk(@Nullable Target disk) {
    return new Disk(
        name,
        disk,
        lun,
        cdrom,
        bootOrder,
        serial,
        dedicatedIOThread,
        cache,
        io,
        tag,
        blockSize,
        shareable,
        errorPolicy,
        changedBlockTracking);
  }

  /** The same with another {@code lun}. */
  public Disk withLun(@Nullable Lun lun) {
    return new Disk(
        name,
        disk,
        lun,
        cdrom,
        bootOrder,
        serial,
        dedicatedIOThread,
        cache,
        io,
        tag,
        blockSize,
        shareable,
        errorPolicy,
        changedBlockTracking);
  }

  /** The same with another {@code cdrom}. */
  public Disk withCdrom(@Nullable CdRom cdrom) {
    return new Disk(
        name,
        disk,
        lun,
        cdrom,
        bootOrder,
        serial,
        dedicatedIOThread,
        cache,
        io,
        tag,
        blockSize,
        shareable,
        errorPolicy,
        changedBlockTracking);
  }

  /** The same with another {@code bootOrder}. */
  public Disk withBootOrder(@Nullable Long bootOrder) {
    return new Disk(
        name,
        disk,
        lun,
        cdrom,
        bootOrder,
        serial,
        dedicatedIOThread,
        cache,
        io,
        tag,
        blockSize,
        shareable,
        errorPolicy,
        changedBlockTracking);
  }

  /** A disk. */
  public record Target(
      @Doc("The bus it is on.") @Allowed({"virtio", "sata", "scsi", "usb"}) @Nullable String bus,
      @Doc("Whether the guest cannot write.") @Nullable Boolean readonly,
      @Doc("Its address on the PCI bus.") @Nullable String pciAddress) {
    /** The same with another {@code bus}. */
    public Target withBus(@Nullable String bus) {
      return new Target(bus, readonly, pciAddress);
    }
  }

  /** A device of the host, passed through. */
  public record Lun(
      @Doc("The bus it is on.") @Allowed({"virtio", "sata", "scsi"}) @Nullable String bus,
      @Doc("Whether the guest cannot write.") @Nullable Boolean readonly,
      @Doc("Whether the guest may take persistent reservations.") @Nullable Boolean reservation) {
    /** The same with another {@code bus}. */
    public Lun withBus(@Nullable String bus) {
      return new Lun(bus, readonly, reservation);
    }
  }

  /** A CD-ROM. */
  public record CdRom(
      @Doc("The bus it is on.") @Allowed({"sata", "scsi", "usb"}) @Nullable String bus,
      @Doc("Whether the guest cannot write; true when absent.") @Nullable Boolean readonly,
      @Doc("Whether its tray is open; closed when absent.") @Allowed({"open", "closed"})
          @Nullable String tray) {
    /** The same with another {@code bus}. */
    public CdRom withBus(@Nullable String bus) {
      return new CdRom(bus, readonly, tray);
    }
  }

  /** The size of a disk's blocks: one of the two. */
  public record BlockSize(
      @Doc("Sizes the user chose.") @Nullable CustomBlockSize custom,
      @Doc("The sizes of the volume.") @Nullable FeatureState matchVolume) {}

  /** Sizes of blocks, in bytes. */
  public record CustomBlockSize(
      @Doc("The smallest unit the guest addresses.") @Unsigned @Nullable Long logical,
      @Doc("The smallest unit that is written at once.") @Unsigned @Nullable Long physical,
      @Doc("The smallest unit that is given back.") @Unsigned @Nullable Long discardGranularity) {}
}
