package dev.barevirt.launcher.guest;

import dev.barevirt.api.launcher.AgentReport;
import dev.barevirt.api.launcher.GuestReason;
import dev.barevirt.api.launcher.GuestReport;
import dev.barevirt.api.launcher.QemuReport;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Puts what a controller knows into the contract's words. */
final class ReportWriter {
  static final MachineFacts NO_FACTS =
      new MachineFacts(
          new QemuReport(null, null, null, null, null, null, null, null),
          List.of(),
          List.of(),
          AgentReport.ABSENT,
          null,
          List.of());

  private ReportWriter() {}

  static GuestReport write(
      long sequence,
      @Nullable StartOrder order,
      GuestState state,
      MachineFacts facts,
      Instant changedAt,
      @Nullable Instant startedAt) {
    return new GuestReport(
        GuestReport.VERSION,
        sequence,
        order == null ? null : order.request().vmi().metadata().namespace(),
        order == null ? null : order.request().vmi().metadata().name(),
        state.phase(),
        state.reason(),
        state.message(),
        changedAt.toString(),
        startedAt == null ? null : startedAt.toString(),
        facts.equals(NO_FACTS) ? null : facts.qemu(),
        facts.placements(),
        facts.devices(),
        facts.agent(),
        facts.credentials(),
        facts.agent().connected(),
        facts.warnings());
  }

  /** The CamelCase word for a state in the list of events. */
  static String eventType(GuestState state) {
    GuestReason reason = state.reason();
    String phase = camel(state.phase().name());
    String why = reason == null ? "" : camel(reason.name());
    return why.startsWith(phase) ? why : phase + why;
  }

  private static String camel(String constant) {
    StringBuilder word = new StringBuilder();
    for (String part : constant.split("_", -1)) {
      word.append(part.charAt(0)).append(part.substring(1).toLowerCase(Locale.ROOT));
    }
    return word.toString();
  }
}
