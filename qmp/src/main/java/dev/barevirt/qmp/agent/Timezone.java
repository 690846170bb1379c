package dev.barevirt.qmp.agent;

/**
 * The guest's time zone.
 *
 * @param zone its name, "" where the guest does not tell
 * @param offset seconds east of UTC
 */
public record Timezone(String zone, int offset) {}
