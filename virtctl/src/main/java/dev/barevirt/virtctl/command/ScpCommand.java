package dev.barevirt.virtctl.command;

import dev.barevirt.virtctl.flag.Arguments;
import dev.barevirt.virtctl.flag.Flag;
import dev.barevirt.virtctl.flag.Outline;
import dev.barevirt.virtctl.flag.UsageException;
import java.util.ArrayList;
import java.util.List;

/** {@code scp SOURCE DESTINATION}, of which one is in a guest. */
public final class ScpCommand implements Command {
  @Override
  public Outline outline() {
    List<Flag> flags = new ArrayList<>(SshOptions.FLAGS);
    flags.add(Flag.truth("recursive", "Copy folders with all that is in them").or('r'));
    flags.add(Flag.truth("preserve", "Keep times and modes"));
    return Outline.of(
            "scp",
            "[USER@]TYPE/NAME[/NAMESPACE]:PATH PATH, or the other way round",
            2,
            "Copy files from or to a virtual machine with the scp of this machine",
            flags.toArray(Flag[]::new))
        .showing("scp file.bin debian@vmi/my-vmi:", "scp -r debian@vm/my-vm:/var/log logs");
  }

  @Override
  public int run(Session session, Arguments arguments) throws InterruptedException {
    String source = arguments.positional().getFirst();
    String destination = arguments.positional().getLast();
    if (isRemote(source) == isRemote(destination)) {
      throw new UsageException(
          isRemote(source)
              ? "copying from one virtual machine to another is not supported"
              : "none of the two provided locations seems to be a remote location: \"%s\" to \"%s\""
                  .formatted(source, destination));
    }
    String remote = isRemote(source) ? source : destination;
    String host = remote.substring(0, remote.indexOf(':'));
    int at = host.lastIndexOf('@');
    Target target = Target.of(host.substring(at + 1), session);
    String there =
        SshOptions.destination(arguments, at < 0 ? "" : host.substring(0, at), target)
            + remote.substring(remote.indexOf(':'));
    List<String> words = new ArrayList<>(List.of("scp"));
    words.addAll(SshOptions.words(session, arguments, target));
    if (arguments.truth("recursive")) {
      words.add("-r");
    }
    if (arguments.truth("preserve")) {
      words.add("-p");
    }
    words.add(isRemote(source) ? there : source);
    words.add(isRemote(source) ? destination : there);
    return SshOptions.run(session, words);
  }

  /** A colon after a slash, with no slash, dot or tilde at the beginning, is in a guest. */
  private static boolean isRemote(String location) {
    int colon = location.indexOf(':');
    int slash = location.indexOf('/');
    return colon > 0
        && slash > 0
        && slash < colon
        && !location.startsWith(".")
        && !location.startsWith("~");
  }
}
