package dev.barevirt.virtctl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlagsTest {
  private final CommandLine line = new CommandLine();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "start|accepts 1 arg(s), received 0",
        "start a b|accepts 1 arg(s), received 2",
        "start a --nope|unknown flag: --nope",
        "start a -x|unknown shorthand flag: 'x' in -x",
        "start a -n|flag needs an argument: 'n' in -n",
        "start a --namespace|flag needs an argument: --namespace",
        "start a --=b|bad flag syntax: --=b",
        "start a --paused=maybe|invalid argument \"maybe\" for \"--paused\" flag: strconv.ParseBool: parsing \"maybe\": invalid syntax",
        "stop a --grace-period=x|invalid argument \"x\" for \"--grace-period\" flag: strconv.ParseInt: parsing \"x\": invalid syntax",
      })
  void wrongCommandLinesSayWhatScriptsKnow(String words, String message) {
    assertThat(line.run(words.split(" ", -1))).isEqualTo(1);
    assertThat(line.err()).isEqualTo(message + "\n");
  }

  @Test
  void anUnknownCommandNamesItsNeighbours() {
    assertThat(line.run("-n", "ns", "strat", "vm")).isEqualTo(1);
    assertThat(line.err())
        .isEqualTo("unknown command \"strat\" for \"virtctl\"\n\nDid you mean this?\n\tstart\n");
  }

  @Test
  void helpNamesThePluginWhenItIsOne() {
    assertThat(line.as("kubectl virt").run("console", "--help")).isZero();
    assertThat(line.out())
        .contains("kubectl virt console VMI [flags]", "kubectl virt console my-vmi");
  }

  @Test
  void theOverviewListsEveryCommandOnce() {
    assertThat(line.run("--help")).isZero();
    CommandTree.outlines()
        .forEach(
            each ->
                assertThat(line.out()).containsOnlyOnce("\n  " + each.words().getFirst() + " "));
  }

  @Test
  void theClientsVersionNeedsNoCluster() {
    assertThat(line.run("version", "--client")).isZero();
    assertThat(line.out()).startsWith("Client Version: version.Info{GitVersion:\"v");
  }
}
