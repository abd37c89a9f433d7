package org.groundwork.node.http;

import io.helidon.webserver.http.HttpRouting;

/** Some routes of a server. */
public interface Routes {
  void addTo(HttpRouting.Builder routing);
}
