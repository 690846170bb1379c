package dev.barevirt.api.launcher;

import org.jspecify.annotations.Nullable;

/**
 * How the guest's agent took the keys and passwords of {@code spec.accessCredentials}.
 *
 * @param synchronised whether the guest has them as the secrets say now
 * @param message why not, in one sentence
 */
public record CredentialReport(boolean synchronised, @Nullable String message) {}
