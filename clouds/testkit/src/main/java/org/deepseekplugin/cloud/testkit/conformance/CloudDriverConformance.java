package org.deepseekplugin.cloud.testkit.conformance;

import java.util.UUID;
import org.deepseekplugin.cloud.spi.CloudDriver;
import org.deepseekplugin.cloud.spi.OwnerTag;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// What every driver must do. A driver's test extends this and says which cloud to use:
///
/// ```java
/// final class AwsEmulatorConformanceIT extends CloudDriverConformance {
///     @Override
///     protected CloudUnderTest start() { … }
/// }
/// ```
///
/// `target/conformance/<test class>.md` lists what passed and what the cloud under test lacks;
/// [DocumentedConformance] keeps a table in the driver's document true.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith({SkippedForLack.class, ConformanceReport.class})
public abstract class CloudDriverConformance
        implements LaunchConformance,
                TokenConformance,
                LostAnswerConformance,
                RefusalConformance,
                ListingConformance,
                TerminationConformance {

    private @Nullable CloudUnderTest cloud;
    private @Nullable CloudDriver driver;
    private OwnerTag owner = new OwnerTag("nobody");

    /// Starts the cloud, once for all tests; it is closed after the last.
    protected abstract CloudUnderTest start() throws Exception;

    @BeforeAll
    final void startCloud() throws Exception {
        cloud = start();
    }

    @BeforeEach
    final void connect() {
        cloud().reset();
        owner = new OwnerTag("conformance-" + UUID.randomUUID());
        driver = cloud().connect();
    }

    @AfterEach
    final void disconnect() {
        if (driver != null) {
            driver.close();
            driver = null;
        }
    }

    @AfterAll
    final void stopCloud() {
        if (cloud != null) {
            cloud.close();
        }
    }

    @Override
    public final CloudUnderTest cloud() {
        return started(cloud);
    }

    @Override
    public final CloudDriver driver() {
        return started(driver);
    }

    @Override
    public final OwnerTag owner() {
        return owner;
    }

    private static <T> T started(@Nullable T thing) {
        if (thing == null) {
            throw new IllegalStateException("the cloud under test did not start");
        }
        return thing;
    }
}
