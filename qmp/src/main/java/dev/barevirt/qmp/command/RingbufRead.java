package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.ReplyType;

/**
 * Takes what is in a ring buffer.
 *
 * @param device its id
 * @param size at most so many bytes
 */
public record RingbufRead(String device, long size) implements QmpCommand<String> {
  @Override
  public String wireName() {
    return "ringbuf-read";
  }

  @Override
  public ReplyType<String> replyType() {
    return ReplyType.text();
  }
}
