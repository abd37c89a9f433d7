/**
 * The S3 front: what unmodified S3 clients speak, on the customer's side.
 *
 * <p>{@link S3Server} answers requests; {@link Buckets} holds names and metadata durably; the bytes
 * themselves go to an {@link ObjectStore}, the only thing that this package asks of the provider
 * network.
 */
@NullMarked
package org.groundwork.networks.storage.s3;

import org.jspecify.annotations.NullMarked;
