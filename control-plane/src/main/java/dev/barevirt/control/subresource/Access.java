package dev.barevirt.control.subresource;

/**
 * What somebody wants to do, in the words of a role.
 *
 * @param verb what they do
 * @param version the version of the API they use
 * @param namespace where
 * @param resource the kind of object
 * @param name the object; empty when there is none
 * @param subresource what of it; empty when it is the object itself
 */
record Access(
    String verb,
    String version,
    String namespace,
    String resource,
    String name,
    String subresource) {}
