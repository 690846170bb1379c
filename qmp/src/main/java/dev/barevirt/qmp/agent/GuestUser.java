package dev.barevirt.qmp.agent;

/**
 * Somebody logged in to the guest.
 *
 * @param user the name
 * @param domain the domain, on Windows
 * @param loginTime when, in seconds since 1970
 */
public record GuestUser(String user, String domain, double loginTime) {}
