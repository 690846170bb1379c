/** Which cluster, as whom: kubeconfig files, flags and the pod one may be in. */
@NullMarked
package dev.barevirt.virtctl.kubeconfig;

import org.jspecify.annotations.NullMarked;
