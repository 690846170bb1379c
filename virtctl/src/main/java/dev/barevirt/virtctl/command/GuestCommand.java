package dev.barevirt.virtctl.command;

import dev.barevirt.virtctl.api.ApiPath;
import dev.barevirt.virtctl.api.Kind;
import dev.barevirt.virtctl.flag.Arguments;
import dev.barevirt.virtctl.flag.Outline;
import dev.barevirt.virtctl.kubeconfig.Fields;

/** What the agent in a guest says: {@code guestosinfo}, {@code userlist} and {@code fslist}. */
public final class GuestCommand implements Command {
  private final Outline outline;
  private final String subresource;

  private GuestCommand(String word, String subresource, String summary) {
    this.outline = Outline.of(word, "VMI", 1, summary).showing(word + " my-vmi");
    this.subresource = subresource;
  }

  /** Which system runs. */
  public static GuestCommand system() {
    return new GuestCommand(
        "guestosinfo", "guestosinfo", "Print what the guest agent says about the guest's system");
  }

  /** Who is logged in. */
  public static GuestCommand users() {
    return new GuestCommand("userlist", "userlist", "Print who is logged in to the guest");
  }

  /** Which file systems there are. */
  public static GuestCommand fileSystems() {
    return new GuestCommand("fslist", "filesystemlist", "Print the file systems of the guest");
  }

  @Override
  public Outline outline() {
    return outline;
  }

  @Override
  public int run(Session session, Arguments arguments) throws InterruptedException {
    String name = arguments.positional().getFirst();
    String path = ApiPath.of(Kind.INSTANCE, session.namespace(), name, subresource);
    Fields answer = session.api().get(path);
    session.out().json(answer.plain());
    return DONE;
  }
}
