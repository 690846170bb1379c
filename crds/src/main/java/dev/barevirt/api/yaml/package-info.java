/** YAML to the same trees JSON becomes, and records to YAML, as kubectl reads it. */
@NullMarked
package dev.barevirt.api.yaml;

import org.jspecify.annotations.NullMarked;
