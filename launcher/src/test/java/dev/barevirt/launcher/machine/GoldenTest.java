package dev.barevirt.launcher.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The command line of every supported combination, argument by argument. {@code -Dgolden.update}
 * writes them anew.
 */
class GoldenTest {
  @TestFactory
  Stream<DynamicTest> commandLinesAreAsTheyWere() {
    return Examples.all().stream()
        .map(
            example ->
                DynamicTest.dynamicTest(
                    example.name(),
                    () -> {
                      String now = example.rendered();
                      if (System.getProperty("golden.update") != null) {
                        example.writeGolden(now);
                      }
                      assertThat(now).isEqualTo(example.golden());
                    }));
  }
}
