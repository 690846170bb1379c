package dev.barevirt.qmp.wire;

import java.time.Duration;

/**
 * A reply to a command whose caller had given up: the command has taken effect, or failed, after
 * all.
 *
 * @param command the command's name
 * @param id its id
 * @param succeeded whether the peer did it
 * @param value what it returned, or the error
 * @param took from sending to this reply
 */
public record LateReply(String command, long id, boolean succeeded, RawJson value, Duration took) {}
