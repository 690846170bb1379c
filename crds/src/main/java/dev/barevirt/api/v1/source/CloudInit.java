package dev.barevirt.api.v1.source;

import dev.barevirt.api.core.LocalObjectReference;
import dev.barevirt.api.schema.Doc;
import org.jspecify.annotations.Nullable;

/** First-boot configuration for cloud-init. */
public record CloudInit(
    @Doc("A secret with the user data.") @Nullable LocalObjectReference secretRef,
    @Doc("The user data in base64.") @Nullable String userDataBase64,
    @Doc("The user data.") @Nullable String userData,
    @Doc("A secret with the network data.") @Nullable LocalObjectReference networkDataSecretRef,
    @Doc("The network data in base64.") @Nullable String networkDataBase64,
    @Doc("The network data.") @Nullable String networkData) {}
