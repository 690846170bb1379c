package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.ReplyType;
import dev.barevirt.qmp.wire.Json;
import dev.barevirt.qmp.wire.OwnedFd;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives QEMU an open file, as a member of a set that block nodes open as {@code /dev/fdset/N}.
 *
 * @param fdsetId the set, or a new one
 * @param opaque a note to find it by
 * @param file the file, which is taken
 */
public record AddFd(@Nullable Long fdsetId, @Nullable String opaque, OwnedFd file)
    implements QmpCommand<AddFd.Added> {
  @Override
  public String wireName() {
    return "add-fd";
  }

  @Override
  public ReplyType<AddFd.Added> replyType() {
    return ReplyType.of(Added.class);
  }

  @Override
  public Json arguments() {
    return Json.object()
        .with("fdset-id", fdsetId == null ? null : Json.of(fdsetId))
        .with("opaque", opaque)
        .build();
  }

  @Override
  public List<OwnedFd> descriptors() {
    return List.of(file);
  }

  /**
   * Where an open file went.
   *
   * @param fdsetId the set
   * @param fd its number in QEMU
   */
  public record Added(int fdsetId, int fd) {}
}
