package dev.barevirt.control.vmi;

import dev.barevirt.api.condition.Conditions;
import dev.barevirt.api.condition.VmiPhase;
import dev.barevirt.api.v1.status.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What has changed between two reports that people want to hear of. */
sealed interface VmiNews {
  /** A node has it. */
  record HandedOver(String node) implements VmiNews {}

  /** It cannot go on as it is. */
  record Trouble(String reason, String message) implements VmiNews {}

  /** It has come to its end without a node's word. */
  record Ended(VmiPhase phase, String reason) implements VmiNews {}

  /** The news of a report. */
  static List<VmiNews> between(VmiFields before, VmiFields after) {
    List<VmiNews> news = new ArrayList<>();
    if (before.node() == null && after.node() != null) {
      news.add(new HandedOver(after.node()));
    }
    trouble(before, after, VmiFields.SYNCHRONIZED).ifPresent(news::add);
    trouble(before, after, VmiFields.POD_SCHEDULED).ifPresent(news::add);
    if (after.life() != null
        && after.life().phase().isFinal()
        && !after.life().equals(before.life())) {
      news.add(new Ended(after.life().phase(), String.valueOf(after.life().reason())));
    }
    return news;
  }

  private static Optional<VmiNews> trouble(VmiFields before, VmiFields after, String type) {
    Optional<Condition> old = Conditions.find(before.status().conditions(), type);
    return Conditions.find(after.status().conditions(), type)
        .filter(
            condition ->
                !old.map(Condition::reason).equals(Optional.ofNullable(condition.reason())))
        .map(
            condition ->
                new Trouble(
                    String.valueOf(condition.reason()), String.valueOf(condition.message())));
  }
}
