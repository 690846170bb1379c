/**
 * What the command line says and how: exit codes, one-sentence failures, tables, JSON, YAML,
 * progress.
 */
@NullMarked
package dev.barevirt.launcher.cli.output;

import org.jspecify.annotations.NullMarked;
