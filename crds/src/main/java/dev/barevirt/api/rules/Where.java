package dev.barevirt.api.rules;

/** Where an instance is to run, for the few demands that differ. */
enum Where {
  /** In a cluster. */
  CLUSTER,
  /** On one machine without a cluster, where files of the host stand in for images and claims. */
  STANDALONE
}
