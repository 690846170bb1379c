package dev.barevirt.launcher.qemu;

import dev.barevirt.api.launcher.LauncherCommand.DiskSnapshot;
import dev.barevirt.launcher.disk.DiskException;
import dev.barevirt.launcher.disk.DiskFormat;
import dev.barevirt.launcher.disk.DiskImage;
import dev.barevirt.launcher.disk.QemuImg;
import dev.barevirt.launcher.disk.SnapshotChain;
import dev.barevirt.launcher.guest.GuestException;
import dev.barevirt.launcher.machine.Backend;
import dev.barevirt.launcher.machine.Dialect;
import dev.barevirt.launcher.machine.MachinePlan;
import dev.barevirt.launcher.machine.PreparedVolume;
import dev.barevirt.launcher.machine.device.DeviceIds;
import dev.barevirt.launcher.os.OpenFile;
import dev.barevirt.launcher.os.OpenFlag;
import dev.barevirt.qmp.command.AddFd;
import dev.barevirt.qmp.command.BlockNode;
import dev.barevirt.qmp.command.BlockdevAdd;
import dev.barevirt.qmp.command.Transaction;
import dev.barevirt.qmp.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes snapshots of disks while the guest runs: each gets a new overlay, all at one moment, and
 * what they wrote before stands still beneath.
 */
final class Snapshots {
  private final Monitor monitor;
  private final Drives drives;
  private final QemuImg qemuImg;
  private final Path directory;

  Snapshots(Monitor monitor, QemuImg qemuImg, Path directory) {
    this.monitor = monitor;
    this.drives = new Drives(monitor);
    this.qemuImg = qemuImg;
    this.directory = directory;
  }

  private record Layer(
      String disk, SnapshotChain chain, Path beneath, Path overlay, String node, String over) {}

  /** Takes one of these disks, or of all that can be written when none is named. */
  List<DiskSnapshot> take(MachineModel model, List<String> disks) throws InterruptedException {
    List<String> wanted = disks.isEmpty() ? writable(model) : disks;
    if (wanted.isEmpty()) {
      throw GuestException.conflict("the guest has no disk to take a snapshot of");
    }
    Undo undo = new Undo();
    try {
      List<Layer> layers = new ArrayList<>();
      for (String disk : wanted) {
        layers.add(lay(model, disk, undo));
      }
      monitor.ask(
          "take a snapshot",
          new Transaction(layers.stream().map(Snapshots::action).toList(), null));
      layers.forEach(layer -> layer.chain().push(layer.overlay()));
      return layers.stream()
          .map(l -> new DiskSnapshot(l.disk(), l.beneath().toString(), l.overlay().toString()))
          .toList();
    } catch (DiskException refused) {
      undo.run();
      throw GuestException.failed("cannot take a snapshot: " + refused.getMessage());
    } catch (InterruptedException | RuntimeException failed) {
      undo.run();
      throw failed;
    }
  }

  private static List<String> writable(MachineModel model) {
    return model.input().devices().disks().stream()
        .map(disk -> disk.name() == null ? "" : disk.name())
        .filter(
            name ->
                model
                    .input()
                    .volume(name)
                    .filter(PreparedVolume.Disk.class::isInstance)
                    .map(PreparedVolume.Disk.class::cast)
                    .filter(disk -> !disk.layers().getFirst().readOnly())
                    .filter(disk -> !disk.layers().getFirst().path().endsWith(".iso"))
                    .isPresent())
        .toList();
  }

  private Layer lay(MachineModel model, String disk, Undo undo) throws InterruptedException {
    BlockNode node = drives.node(disk);
    BlockNode.Image image = node.image();
    if (image == null || node.ro()) {
      throw GuestException.conflict("disk " + disk + " cannot be written: nothing to snapshot");
    }
    SnapshotChain chain = SnapshotChain.of(directory, disk);
    DiskImage beneath = beneath(model, disk, chain, image);
    Path overlay = chain.next(disk);
    qemuImg.createOverlay(overlay, beneath, image.virtualSize());
    undo.push("remove " + overlay, () -> remove(overlay));
    String over = DeviceIds.node(disk) + "-s" + (chain.overlays().size() + 1);
    add(model.plan(), disk, overlay, over, undo);
    return new Layer(disk, chain, beneath.path(), overlay, node.nodeName(), over);
  }

  private static DiskImage beneath(
      MachineModel model, String disk, SnapshotChain chain, BlockNode.Image image) {
    if (!chain.overlays().isEmpty()) {
      Path top = chain.overlays().getFirst();
      return new DiskImage(top, false, DiskFormat.QCOW2, image.virtualSize(), List.of());
    }
    PreparedVolume volume =
        model
            .input()
            .volume(disk)
            .orElseThrow(() -> GuestException.notFound("the guest has no disk " + disk));
    if (!(volume instanceof PreparedVolume.Disk prepared)) {
      throw GuestException.conflict(disk + " is no disk");
    }
    PreparedVolume.Layer top = prepared.layers().getFirst();
    DiskFormat format =
        switch (top.format()) {
          case RAW -> DiskFormat.RAW;
          case QCOW2 -> DiskFormat.QCOW2;
        };
    return new DiskImage(
        Path.of(top.path()), top.blockDevice(), format, image.virtualSize(), List.of());
  }

  /** Adds the overlay's nodes, with the settings that the disk's first nodes were given. */
  private void add(MachinePlan plan, String disk, Path overlay, String over, Undo undo)
      throws InterruptedException {
    String what = "add the overlay of disk " + disk;
    String first = DeviceIds.node(disk);
    Map<String, Object> fileSettings = settings(plan, first + "-file");
    boolean direct =
        fileSettings.get("cache") instanceof Map<?, ?> cache
            && Boolean.TRUE.equals(cache.get("direct"));
    AddFd.Added set = monitor.ask(what, new AddFd(null, over, open(overlay, true, direct)));
    monitor.ask(what, new AddFd((long) set.fdsetId(), over + "-ro", open(overlay, false, direct)));
    Json.Builder file =
        Json.object()
            .with("driver", "file")
            .with("node-name", over + "-file")
            .with("filename", "/dev/fdset/" + set.fdsetId());
    copy(fileSettings, file, Set.of("driver", "node-name", "filename"));
    monitor.ask(what, new BlockdevAdd(file.build()));
    undo.push("delete " + over + "-file", () -> delete(over + "-file"));
    Json.Builder format =
        Json.object()
            .with("driver", "qcow2")
            .with("node-name", over)
            .with("file", over + "-file")
            .with("backing", Json.Null.WRITTEN);
    copy(
        settings(plan, first),
        format,
        Set.of("driver", "node-name", "file", "backing", "offset", "size"));
    monitor.ask(what, new BlockdevAdd(format.build()));
    undo.push("delete " + over, () -> delete(over));
  }

  private static Map<String, Object> settings(MachinePlan plan, String node) {
    return plan.backends().stream()
        .filter(Backend.Blockdev.class::isInstance)
        .filter(backend -> backend.id().equals(node))
        .findFirst()
        .map(backend -> backend.properties().resolve(new Dialect.Pasted()))
        .orElse(Map.of());
  }

  private static void copy(Map<String, Object> from, Json.Builder to, Set<String> without) {
    from.forEach(
        (key, value) -> {
          if (!without.contains(key)) {
            to.with(key, PlainJson.of(value));
          }
        });
  }

  private static dev.barevirt.qmp.wire.OwnedFd open(Path file, boolean write, boolean direct) {
    Set<OpenFlag> flags = EnumSet.of(write ? OpenFlag.READ_WRITE : OpenFlag.READ);
    if (direct) {
      flags.add(OpenFlag.DIRECT);
    }
    return OpenFile.open(file, flags);
  }

  private static Transaction.Action action(Layer layer) {
    return new Transaction.Action(
        "blockdev-snapshot",
        Json.object().with("node", layer.node()).with("overlay", layer.over()).build());
  }

  private void delete(String node) {
    try {
      monitor.ask("delete node " + node, new dev.barevirt.qmp.command.BlockdevDel(node));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException stays) {
      throw new UncheckedIOException(stays);
    }
  }
}
