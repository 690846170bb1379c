package dev.barevirt.control.subresource;

import java.util.List;
import java.util.Map;

/**
 * Who asks, as the cluster's API server found out.
 *
 * @param user the name
 * @param uid the UID; empty when there is none
 * @param groups the groups
 * @param extra what else is known, by key
 */
public record Caller(
    String user, String uid, List<String> groups, Map<String, List<String>> extra) {}
