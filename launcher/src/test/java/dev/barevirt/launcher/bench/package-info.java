/** Measures the built launcher's speed and weight against the project's budgets. */
@NullMarked
package dev.barevirt.launcher.bench;

import org.jspecify.annotations.NullMarked;
