package dev.barevirt.launcher.bench;

import java.util.ArrayList;
import java.util.List;

/** Repeated measurements of one thing. */
final class Samples {
  private final List<Double> values = new ArrayList<>();

  void add(double value) {
    values.add(value);
  }

  /** The middle value; of an even number, the lower of the two in the middle. */
  double median() {
    if (values.isEmpty()) {
      throw new IllegalStateException("nothing was measured");
    }
    return values.stream().sorted().toList().get((values.size() - 1) / 2);
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
