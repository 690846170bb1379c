package dev.barevirt.qmp;

import dev.barevirt.qmp.wire.Json;
import dev.barevirt.qmp.wire.OwnedFd;
import dev.barevirt.qmp.wire.RecordJson;
import java.util.List;

/**
 * A monitor command with its arguments. A record that implements it needs only its wire name and
 * its reply: the components are the arguments.
 *
 * @param <R> what QEMU returns
 */
public interface QmpCommand<R> {
  /** The command's name on the wire. */
  String wireName();

  /** How to read what QEMU returns. */
  ReplyType<R> replyType();

  /** The arguments; those that are null are left out. */
  default Json arguments() {
    return this instanceof Record record ? RecordJson.write(record) : Json.object().build();
  }

  /** Open files to send with the command, which takes them. */
  default List<OwnedFd> descriptors() {
    return List.of();
  }

  /** Whether it changes anything; those that do run one after the other. */
  default boolean changes() {
    return true;
  }

  /** Whether arguments or reply hold secrets, which then stay out of transcripts. */
  default boolean secret() {
    return false;
  }

  /** A command that changes something and returns nothing. */
  interface Act extends QmpCommand<Nothing> {
    @Override
    default ReplyType<Nothing> replyType() {
      return ReplyType.nothing();
    }
  }

  /**
   * A command that changes nothing.
   *
   * @param <R> what QEMU returns
   */
  interface Query<R> extends QmpCommand<R> {
    @Override
    default boolean changes() {
      return false;
    }
  }
}
