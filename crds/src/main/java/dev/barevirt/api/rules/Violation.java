package dev.barevirt.api.rules;

/**
 * What is wrong with one field of what a user wrote.
 *
 * @param path the field, such as {@code spec.domain.cpu.cores}
 * @param reason the cause in CamelCase, as Kubernetes' status causes have it
 * @param message one sentence for the user
 */
public record Violation(String path, String reason, String message) {}
