package dev.barevirt.api.launcher;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a launcher can be asked. Each command travels in the envelope of QEMU's monitor protocol:
 * {@code {"execute": wireName, "arguments": {...}, "id": ...}}, one JSON object a line.
 *
 * @param <R> what it answers
 */
public sealed interface LauncherCommand<R extends Record> {

  /** The command's name on the wire. */
  default String wireName() {
    return wireName(getClass());
  }

  /** What it answers. */
  Class<R> replyType();

  /** The wire name of a kind of command: its class name in lower case with dashes. */
  static String wireName(Class<?> kind) {
    return kind.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }

  /** The kind of command that has a wire name. */
  static Optional<Class<?>> named(String wireName) {
    return Arrays.stream(LauncherCommand.class.getPermittedSubclasses())
        .<Class<?>>map(kind -> kind)
        .filter(kind -> wireName(kind).equals(wireName))
        .findFirst();
  }

  /** An answer that says no more than that it was done. */
  record Done() {}

  /**
   * Makes the guest be as the request says: starts it when there is none, else plugs and unplugs
   * what differs. Asking twice does nothing the second time.
   */
  record Sync(GuestRequest request) implements LauncherCommand<GuestReport> {
    @Override
    public Class<GuestReport> replyType() {
      return GuestReport.class;
    }
  }

  /** Tells what the launcher knows; never waits for QEMU. */
  record Report() implements LauncherCommand<GuestReport> {
    @Override
    public Class<GuestReport> replyType() {
      return GuestReport.class;
    }
  }

  /**
   * Asks the guest to switch itself off; when it has not after the grace period, ends QEMU.
   *
   * @param graceSeconds the patience; the instance's own grace period when absent
   */
  record Shutdown(@Nullable Long graceSeconds) implements LauncherCommand<Done> {
    @Override
    public Class<Done> replyType() {
      return Done.class;
    }
  }

  /**
   * Ends QEMU without asking the guest.
   *
   * @param force whether to use the signal that cannot be caught at once, instead of letting QEMU
   *     flush its disks first
   */
  record Kill(boolean force) implements LauncherCommand<Done> {
    @Override
    public Class<Done> replyType() {
      return Done.class;
    }
  }

  /** Stops the guest's processors. */
  record Pause() implements LauncherCommand<Done> {
    @Override
    public Class<Done> replyType() {
      return Done.class;
    }
  }

  /** Lets the guest's processors run again. */
  record Resume() implements LauncherCommand<Done> {
    @Override
    public Class<Done> replyType() {
      return Done.class;
    }
  }

  /** Presses the reset button. */
  record Reset() implements LauncherCommand<Done> {
    @Override
    public Class<Done> replyType() {
      return Done.class;
    }
  }

  /** Asks the guest to boot again, through its agent or its keyboard. */
  record SoftReboot() implements LauncherCommand<Done> {
    @Override
    public Class<Done> replyType() {
      return Done.class;
    }
  }

  /** Sends a non-maskable interrupt. */
  record InjectNmi() implements LauncherCommand<Done> {
    @Override
    public Class<Done> replyType() {
      return Done.class;
    }
  }

  /**
   * Writes what the first display shows, as PNG, to a new file.
   *
   * @param path an absolute path of this host
   */
  record Screenshot(String path) implements LauncherCommand<Done> {
    @Override
    public Class<Done> replyType() {
      return Done.class;
    }
  }

  /** Moves the guest's pointer by one step and back, so that a screen that went dark lights up. */
  record MoveCursor() implements LauncherCommand<Done> {
    @Override
    public Class<Done> replyType() {
      return Done.class;
    }
  }

  /**
   * Writes the guest's memory to a new file; answers when it is complete.
   *
   * @param path an absolute path of this host
   */
  record DumpMemory(String path) implements LauncherCommand<Done> {
    @Override
    public Class<Done> replyType() {
      return Done.class;
    }
  }

  /**
   * Makes a disk larger while the guest runs.
   *
   * @param disk the disk's name in the instance
   * @param bytes the new size
   */
  record ResizeDisk(String disk, long bytes) implements LauncherCommand<Done> {
    @Override
    public Class<Done> replyType() {
      return Done.class;
    }
  }

  /**
   * Plugs or pulls an interface's cable.
   *
   * @param networkInterface the interface's name in the instance
   * @param up whether the cable is plugged
   */
  record SetLink(String networkInterface, boolean up) implements LauncherCommand<Done> {
    @Override
    public Class<Done> replyType() {
      return Done.class;
    }
  }

  /**
   * Plugs and unplugs disks and interfaces until the machine has those of the request. Answers once
   * everything new is in; what the guest still holds is reported as being unplugged.
   */
  record Replug(GuestRequest request) implements LauncherCommand<GuestReport> {
    @Override
    public Class<GuestReport> replyType() {
      return GuestReport.class;
    }
  }

  /**
   * Freezes the disks' present state: each disk's image becomes the backing file of a new one in
   * the machine's directory, all at one moment.
   *
   * @param disks the disks' names in the instance; all that can be written when empty
   * @param quiesce whether the guest's agent freezes file systems around that moment
   */
  record SnapshotDisks(List<String> disks, boolean quiesce)
      implements LauncherCommand<SnapshotDisks.Taken> {
    @SuppressWarnings("NullAway") // a tolerant reader hands over what the sender left out
    public SnapshotDisks {
      disks = disks == null ? List.of() : List.copyOf(disks);
    }

    @Override
    public Class<Taken> replyType() {
      return Taken.class;
    }

    /**
     * What was taken.
     *
     * @param snapshots each disk's image that now stands still
     */
    public record Taken(List<DiskSnapshot> snapshots) {
      @SuppressWarnings("NullAway") // a tolerant reader hands over what the sender left out
      public Taken {
        snapshots = snapshots == null ? List.of() : List.copyOf(snapshots);
      }
    }
  }

  /**
   * A disk's state at the moment of a snapshot.
   *
   * @param disk the disk's name in the instance
   * @param path the image that holds it, which nothing writes to any more
   * @param overlay the image that the guest writes to now
   */
  record DiskSnapshot(String disk, String path, String overlay) {}

  /**
   * Writes memory and devices to a file and ends QEMU; the guest goes on from there with {@link
   * Restore}.
   *
   * @param path an absolute path of this host, of a file that does not exist
   */
  record Save(String path) implements LauncherCommand<Done> {
    @Override
    public Class<Done> replyType() {
      return Done.class;
    }
  }

  /**
   * Starts the guest from a file that {@link Save} wrote.
   *
   * @param request the guest as it was when it was saved
   * @param path an absolute path of this host
   */
  record Restore(GuestRequest request, String path) implements LauncherCommand<GuestReport> {
    @Override
    public Class<GuestReport> replyType() {
      return GuestReport.class;
    }
  }

  /**
   * Starts a program in the guest through its agent.
   *
   * @param path the program
   * @param arguments its arguments
   * @param environment its environment, as NAME=value
   * @param input what it reads, in base64
   */
  record AgentExec(
      String path, List<String> arguments, List<String> environment, @Nullable String input)
      implements LauncherCommand<AgentExec.Started> {
    @SuppressWarnings("NullAway") // a tolerant reader hands over what the sender left out
    public AgentExec {
      arguments = arguments == null ? List.of() : List.copyOf(arguments);
      environment = environment == null ? List.of() : List.copyOf(environment);
    }

    @Override
    public Class<Started> replyType() {
      return Started.class;
    }

    /**
     * A program that runs.
     *
     * @param pid its process id in the guest
     */
    public record Started(long pid) {}
  }

  /**
   * Asks how a program started with {@link AgentExec} is.
   *
   * @param pid its process id in the guest
   */
  record AgentExecStatus(long pid) implements LauncherCommand<AgentExecStatus.Status> {
    @Override
    public Class<Status> replyType() {
      return Status.class;
    }

    /**
     * How a program is; output comes with its end.
     *
     * @param exited whether it has ended
     * @param exitCode its exit code
     * @param signal the signal that ended it
     * @param output what it wrote, in base64
     * @param error what it wrote to its error stream, in base64
     * @param truncated whether there was more than the agent keeps
     */
    public record Status(
        boolean exited,
        @Nullable Integer exitCode,
        @Nullable Integer signal,
        @Nullable String output,
        @Nullable String error,
        boolean truncated) {}
  }

  /**
   * Opens a file in the guest.
   *
   * @param path its path in the guest
   * @param mode as in C: r, w, a, rb and so on
   */
  record AgentFileOpen(String path, String mode) implements LauncherCommand<AgentFileOpen.Opened> {
    @Override
    public Class<Opened> replyType() {
      return Opened.class;
    }

    /**
     * An open file.
     *
     * @param handle names it
     */
    public record Opened(long handle) {}
  }

  /**
   * Reads the next piece of an open file in the guest.
   *
   * @param handle the file
   * @param count at most so many bytes; the launcher caps it
   */
  record AgentFileRead(long handle, int count) implements LauncherCommand<AgentFileRead.Piece> {
    @Override
    public Class<Piece> replyType() {
      return Piece.class;
    }

    /**
     * A piece of a file.
     *
     * @param data its bytes, in base64
     * @param end whether the file ends here
     */
    public record Piece(String data, boolean end) {}
  }

  /**
   * Writes the next piece of an open file in the guest.
   *
   * @param handle the file
   * @param data the bytes, in base64
   */
  record AgentFileWrite(long handle, String data) implements LauncherCommand<Done> {
    @Override
    public Class<Done> replyType() {
      return Done.class;
    }
  }

  /**
   * Closes an open file in the guest.
   *
   * @param handle the file
   */
  record AgentFileClose(long handle) implements LauncherCommand<Done> {
    @Override
    public Class<Done> replyType() {
      return Done.class;
    }
  }

  /** Asks the guest's agent for all it tells about the guest, now. */
  record AgentInfo() implements LauncherCommand<AgentReport> {
    @Override
    public Class<AgentReport> replyType() {
      return AgentReport.class;
    }
  }

  /**
   * Freezes the guest's file systems.
   *
   * @param thawAfterSeconds after how long the launcher thaws them by itself, whoever is gone by
   *     then; never when absent
   */
  record AgentFreeze(@Nullable Long thawAfterSeconds)
      implements LauncherCommand<AgentFreeze.Frozen> {
    @Override
    public Class<Frozen> replyType() {
      return Frozen.class;
    }

    /**
     * How many file systems were frozen or thawed.
     *
     * @param filesystems their number
     */
    public record Frozen(int filesystems) {}
  }

  /** Thaws the guest's file systems. */
  record AgentThaw() implements LauncherCommand<AgentFreeze.Frozen> {
    @Override
    public Class<AgentFreeze.Frozen> replyType() {
      return AgentFreeze.Frozen.class;
    }
  }

  /**
   * Sets an account's password in the guest.
   *
   * @param user the account
   * @param password the new password
   */
  record AgentSetPassword(String user, String password) implements LauncherCommand<Done> {
    @Override
    public Class<Done> replyType() {
      return Done.class;
    }

    @Override
    public String toString() {
      return "AgentSetPassword[user=" + user + "]";
    }
  }

  /**
   * Hands one command to QEMU's monitor as it is.
   *
   * @param command the command's name
   * @param arguments its arguments, a JSON object as text
   */
  record Qmp(String command, @Nullable String arguments) implements LauncherCommand<Qmp.Answer> {
    @Override
    public Class<Answer> replyType() {
      return Answer.class;
    }

    /**
     * What QEMU answered.
     *
     * @param json the value it returned, as text
     */
    public record Answer(String json) {}
  }

  /**
   * Turns this connection into a stream: after the answer's line all bytes are the stream's, in
   * both directions.
   *
   * @param stream what to open
   * @param replay whether what was written before comes first, for the console
   * @param readOnly whether what the caller sends is thrown away
   */
  record OpenStream(Stream stream, boolean replay, boolean readOnly)
      implements LauncherCommand<Done> {
    @Override
    public Class<Done> replyType() {
      return Done.class;
    }

    /** What can be opened. */
    public enum Stream {
      /** The guest's first serial port. */
      CONSOLE,
      /** The guest's display, as RFB. */
      VNC,
      /** What the serial port wrote so far; the stream ends at its end. */
      SERIAL_LOG,
      /** What the first display shows, as PNG; the stream ends at its end. */
      SCREENSHOT,
      /** A port for a USB device that the caller lends, in the usbredir protocol. */
      USB_REDIRECTION
    }
  }

  /**
   * Sends every {@link LauncherEvent} on this connection from now on. The answer is the present
   * report; events carry on from its sequence number.
   */
  record Subscribe() implements LauncherCommand<GuestReport> {
    @Override
    public Class<GuestReport> replyType() {
      return GuestReport.class;
    }
  }

  /**
   * Makes the launcher dial one more connection, which becomes a stream. Served where the launcher
   * dials; one that listens has {@link OpenStream}.
   *
   * @param stream what to open
   * @param replay whether what was written before comes first, for the console
   * @param readOnly whether what the caller sends is thrown away
   * @param token what the new connection says, so that it is found; used once
   */
  record DialStream(OpenStream.Stream stream, boolean replay, boolean readOnly, String token)
      implements LauncherCommand<Done> {
    @Override
    public Class<Done> replyType() {
      return Done.class;
    }
  }

  /**
   * Hands the launcher open files, which travel with this command; a later {@link Sync} or {@link
   * Replug} uses them by name. One that is there already under a name is replaced.
   *
   * @param names the descriptors' names, in their order
   */
  record TakeDescriptors(List<String> names) implements LauncherCommand<Done> {
    @SuppressWarnings("NullAway") // a tolerant reader hands over what the sender left out
    public TakeDescriptors {
      names = names == null ? List.of() : List.copyOf(names);
    }

    @Override
    public Class<Done> replyType() {
      return Done.class;
    }
  }

  /**
   * Tells the launcher that a report has arrived where it is kept. A launcher in a pod whose guest
   * has ended waits for that before it ends too.
   *
   * @param sequence the report's
   */
  record Acknowledge(long sequence) implements LauncherCommand<Done> {
    @Override
    public Class<Done> replyType() {
      return Done.class;
    }
  }
}
