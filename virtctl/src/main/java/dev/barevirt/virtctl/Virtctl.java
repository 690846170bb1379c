package dev.barevirt.virtctl;

import dev.barevirt.api.KubeVirtRelease;
import dev.barevirt.api.json.UnreadableException;
import dev.barevirt.virtctl.api.ApiFailure;
import dev.barevirt.virtctl.api.ConnectionException;
import dev.barevirt.virtctl.command.Command;
import dev.barevirt.virtctl.command.CommandFailure;
import dev.barevirt.virtctl.command.Session;
import dev.barevirt.virtctl.flag.Arguments;
import dev.barevirt.virtctl.flag.Flag;
import dev.barevirt.virtctl.flag.FlagParser;
import dev.barevirt.virtctl.flag.Outline;
import dev.barevirt.virtctl.flag.UsageException;
import dev.barevirt.virtctl.kubeconfig.KubeconfigException;
import java.util.ArrayList;
import java.util.List;

/** Runs one command line: finds the command, reads its flags, and says what went wrong. */
final class Virtctl {
  private static final int FAILED = 1;

  private final Session.World world;

  Virtctl(Session.World world) {
    this.world = world;
  }

  /** Runs it and answers the exit status. */
  int run(List<String> words) {
    try {
      if (!words.isEmpty() && words.getFirst().equals(Candidates.WORD)) {
        new Candidates(world).print(words.subList(1, words.size()));
        return Command.DONE;
      }
      CommandTree.Found found = CommandTree.find(words, world.program());
      return found.command().isPresent() ? run(found.command().get(), found.rest()) : group(found);
    } catch (UsageException e) {
      return failed(String.valueOf(e.getMessage()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return failed("interrupted");
    }
  }

  private int group(CommandTree.Found found) {
    new FlagParser(CommandTree.global()).parse(found.rest());
    Help help = new Help(world.program());
    world.output().text(help.group(found.group(), CommandTree.outlines()));
    return Command.DONE;
  }

  private int run(Command command, List<String> rest) throws InterruptedException {
    Outline outline = command.outline();
    List<Flag> flags = new ArrayList<>(CommandTree.global());
    flags.addAll(outline.flags());
    Arguments arguments = new FlagParser(flags).parse(rest);
    if (arguments.truth(CommandTree.HELP.name())) {
      world.output().text(new Help(world.program()).command(outline));
      return Command.DONE;
    }
    outline.check(arguments);
    Session session = new Session(world, arguments.without(outline.flags()));
    try {
      return command.run(session, arguments);
    } catch (CommandFailure | ApiFailure | ConnectionException | KubeconfigException e) {
      noteOtherVersion(session);
      return failed(String.valueOf(e.getMessage()));
    } catch (UnreadableException e) {
      return failed("what the server answered cannot be read: " + e.getMessage());
    }
  }

  /** A failure may come from a client and a server that do not belong together. */
  private void noteOtherVersion(Session session) throws InterruptedException {
    if (session.asked().isEmpty()) {
      return;
    }
    try {
      String server =
          session.asked().get().get("/apis/subresources.kubevirt.io/v1/version").text("gitVersion");
      if (!minor(server).equals(minor(KubeVirtRelease.VERSION))) {
        world
            .output()
            .note(
                "This %s is of version %s and the server of version %s; take one of the server's."
                    .formatted(world.program(), KubeVirtRelease.VERSION, server));
      }
    } catch (ApiFailure | ConnectionException | UnreadableException _) {
      // What went wrong at first is what there is to say.
    }
  }

  private static String minor(String version) {
    String[] parts = version.split("\\.", -1);
    return parts.length < 2 ? version : parts[0] + "." + parts[1];
  }

  private int failed(String message) {
    world.output().note(message.strip());
    return FAILED;
  }
}
