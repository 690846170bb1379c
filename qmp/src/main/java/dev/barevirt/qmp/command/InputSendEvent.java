package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.wire.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets keys, buttons and pointers do something, all at one moment.
 *
 * @param device the display whose input devices are meant; all when absent
 * @param head the head of that display
 * @param events what they do
 */
public record InputSendEvent(@Nullable String device, @Nullable Integer head, List<Event> events)
    implements QmpCommand.Act {
  /** Such a command, with a copy of its events. */
  public InputSendEvent {
    events = List.copyOf(events);
  }

  @Override
  public String wireName() {
    return "input-send-event";
  }

  /**
   * What one device does.
   *
   * @param type key, btn, rel, abs or mtt
   * @param data what that type takes
   */
  public record Event(String type, Json data) {}
}
