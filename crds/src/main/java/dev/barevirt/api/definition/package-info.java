/** The kinds as an API server is told about them: custom resource definitions made from records. */
@NullMarked
package dev.barevirt.api.definition;

import org.jspecify.annotations.NullMarked;
