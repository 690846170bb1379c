/** The links to launchers, with fakes of both ends. */
@NullMarked
package dev.barevirt.agent.launcher;

import org.jspecify.annotations.NullMarked;
