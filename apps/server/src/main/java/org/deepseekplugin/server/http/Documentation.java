package org.deepseekplugin.server.http;

import java.util.Map;
import org.deepseekplugin.server.http.Assets.Asset;

/// `/docs`: the contract in Swagger UI, from files of our own.
public final class Documentation {
    /// Where the webjar keeps its files; the version is the parent POM's.
    private static final String SWAGGER = "META-INF/resources/webjars/swagger-ui/5.34.1/";

    private static final String JAVASCRIPT = "text/javascript; charset=utf-8";

    public static Site pages() {
        var page = new Asset("docs/index.html", "text/html; charset=utf-8");
        var assets =
                Map.of(
                        "/docs",
                        page,
                        "/docs/",
                        page,
                        "/docs/start.js",
                        new Asset("docs/start.js", JAVASCRIPT),
                        "/docs/swagger-ui.css",
                        new Asset(SWAGGER + "swagger-ui.css", "text/css; charset=utf-8"),
                        "/docs/swagger-ui-bundle.js",
                        new Asset(SWAGGER + "swagger-ui-bundle.js", JAVASCRIPT));
        return new GetOnly(new Assets(assets));
    }

    /// The document itself.
    public static Site contract() {
        var document = new Asset("openapi.yaml", "application/yaml");
        return new GetOnly(new Assets(Map.of("/api/openapi.yaml", document)));
    }

    private Documentation() {}
}
