/** The kinds as a Kubernetes client handles them; the only place that knows such a client. */
@NullMarked
package dev.barevirt.api.kube;

import org.jspecify.annotations.NullMarked;
