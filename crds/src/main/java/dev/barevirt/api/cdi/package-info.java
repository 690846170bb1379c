/** The data volumes a virtual machine brings along, of cdi.kubevirt.io/v1beta1. */
@NullMarked
package dev.barevirt.api.cdi;

import org.jspecify.annotations.NullMarked;
