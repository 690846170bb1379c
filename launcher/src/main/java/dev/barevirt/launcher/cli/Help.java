package dev.barevirt.launcher.cli;

import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_OPTION_LIST;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING;

import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;

/** The text of {@code --help}: of the whole, of a group of commands, of one command. */
final class Help {
  private static final int WIDTH = 100;

  private Help() {}

  /** What {@code launcher --help} prints. */
  static String overview(CommandLine root) {
    var text = new StringBuilder();
    text.append(
        """
        Usage: launcher COMMAND [OPTIONS]

        Runs virtual machines with QEMU: one command, no daemon, no libvirt.
        """);
    for (Verb.Theme theme : Verb.Theme.values()) {
      text.append('\n').append(theme.heading()).append(":\n");
      List<Verb> verbs = Arrays.stream(Verb.values()).filter(v -> v.theme() == theme).toList();
      verbs.forEach(verb -> text.append(entry(String.join(" ", verb.words()), verb.summary())));
    }
    text.append("\nGlobal options:\n").append(options(root, root.getCommandSpec().options()));
    text.append(
        """

        Examples:
          launcher run --kernel vmlinuz --initrd initrd.gz     boot a kernel, console on this terminal
          launcher run --name web -d --disk debian.qcow2 -p 2222:22
          launcher console web
          launcher run -f vmi.yaml --dry-run=shell             print the QEMU command instead

        Exit codes: 0 ok, 1 usage, 2 spec invalid, 3 host unsupported, 4 image, 10 guest crashed,
        11 QEMU crashed, 12 timeout, 13 conflict, 14 not found, 125 launcher error.
        'launcher COMMAND --help' tells more about a command.
        """);
    return text.toString();
  }

  /** What {@code launcher image --help} prints. */
  static String group(String group) {
    var text = new StringBuilder("Usage: launcher " + group + " COMMAND [OPTIONS]\n\nCommands:\n");
    Arrays.stream(Verb.values())
        .filter(verb -> verb.words().size() == 2 && verb.words().getFirst().equals(group))
        .forEach(verb -> text.append(entry(verb.words().getLast(), verb.summary())));
    return text.append("\n'launcher ")
        .append(group)
        .append(" COMMAND --help' tells more about a command.\n")
        .toString();
  }

  /** What {@code launcher run --help} prints. */
  static String command(CommandLine command) {
    var usage = command.getCommandSpec().usageMessage();
    usage.width(WIDTH).sortOptions(false).sortSynopsis(false);
    usage.synopsisHeading("Usage: ").descriptionHeading("%n");
    usage.parameterListHeading("%nArguments:%n").footerHeading("%nExamples:%n");
    List<OptionSpec> own =
        command.getCommandSpec().options().stream().filter(option -> !option.inherited()).toList();
    command
        .getHelpSectionMap()
        .put(SECTION_KEY_OPTION_LIST_HEADING, help -> own.isEmpty() ? "" : "\nOptions:\n");
    command.getHelpSectionMap().put(SECTION_KEY_OPTION_LIST, help -> options(command, own));
    return command.getUsageMessage(Ansi.OFF)
        + "\nGlobal options (-o, --timeout, --state-dir, ...): launcher --help\n";
  }

  private static String options(CommandLine command, List<OptionSpec> options) {
    command.getCommandSpec().usageMessage().width(WIDTH);
    CommandLine.Help help = command.getHelp();
    CommandLine.Help.Layout layout = help.createDefaultLayout();
    layout.addAllOptions(
        options.stream().filter(option -> !option.hidden()).toList(),
        help.createDefaultParamLabelRenderer());
    return layout.toString();
  }

  private static String entry(String words, String summary) {
    return String.format("  %-17s %s%n", words, summary);
  }
}
