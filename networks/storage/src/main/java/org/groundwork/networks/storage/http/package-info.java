/** What the web servers of endpoint, gateway and provider have in common. */
@NullMarked
package org.groundwork.networks.storage.http;

import org.jspecify.annotations.NullMarked;
