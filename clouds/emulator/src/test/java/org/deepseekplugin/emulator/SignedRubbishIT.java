package org.deepseekplugin.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

/// Rubbish with a genuine signature gets as far as the actions themselves.
final class SignedRubbishIT {
    private static final List<String> ACTIONS =
            List.of(
                    "RunInstances",
                    "DescribeInstances",
                    "TerminateInstances",
                    "CreateTags",
                    "DescribeTags",
                    "DescribeInstanceStatus",
                    "DescribeInstanceTypes",
                    "DescribeInstanceTypeOfferings",
                    "DescribeSpotPriceHistory",
                    "DescribeImages",
                    "DescribeSubnets",
                    "DescribeSecurityGroups",
                    "DescribeVpcs",
                    "DescribeRegions",
                    "DescribeAvailabilityZones",
                    "CreatePlacementGroup",
                    "DeletePlacementGroup",
                    "DescribePlacementGroups",
                    "DropTables");

    private static final List<String> NAMES =
            List.of(
                    "ImageId",
                    "InstanceType",
                    "MinCount",
                    "MaxCount",
                    "InstanceId.1",
                    "InstanceId.2",
                    "Filter.1.Name",
                    "Filter.1.Value.1",
                    "Filter.999999.Name",
                    "Placement.AvailabilityZone",
                    "Placement.GroupName",
                    "SubnetId",
                    "SecurityGroupId.1",
                    "TagSpecification.1.ResourceType",
                    "TagSpecification.1.Tag.1.Key",
                    "TagSpecification.1.Tag.1.Value",
                    "InstanceMarketOptions.MarketType",
                    "InstanceMarketOptions.SpotOptions.MaxPrice",
                    "BlockDeviceMapping.1.DeviceName",
                    "BlockDeviceMapping.1.Ebs.VolumeSize",
                    "NetworkInterface.1.DeviceIndex",
                    "NetworkInterface.1.SubnetId",
                    "MetadataOptions.HttpTokens",
                    "UserData",
                    "MaxResults",
                    "NextToken",
                    "ClientToken",
                    "ResourceId.1",
                    "Tag.1.Key",
                    "Tag.1.Value",
                    "GroupName",
                    "Strategy",
                    "LocationType",
                    "DryRun",
                    "RegionName.1",
                    "Surprise");

    @TempDir Path folder;
    private AwsFixture cloud;

    @BeforeEach
    void start() {
        cloud = new AwsFixture(EmulatorOptions.in(folder).withBootDelay(Duration.ofHours(1)));
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    @Test
    void no_parameters_lead_to_an_internal_error_or_to_broken_xml() throws Exception {
        var random = new Random(11);
        for (int i = 0; i < 1500; i++) {
            var form = form(random);
            var answer = Signed.post(cloud.aws, form);

            assertThat(answer.body()).as("seed 11: %s", form).doesNotContain("InternalError");
            DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(answer.body())));
        }
        assertThat(cloud.calls("DescribeRegions")).as("actions are really reached").isPresent();
    }

    @Test
    void the_clients_clock_may_be_five_minutes_wrong() {
        var form = "Action=DescribeRegions&Version=2016-11-15";

        for (int minutes : new int[] {-4, 0, 4}) {
            assertThat(Signed.post(cloud.aws, form, shifted(minutes)).statusCode())
                    .as("%d minutes", minutes)
                    .isEqualTo(200);
        }
        for (int minutes : new int[] {-6, 6, 60 * 24}) {
            var answer = Signed.post(cloud.aws, form, shifted(minutes));
            assertThat(answer.body()).as("%d minutes", minutes).contains("RequestExpired");
            // from which SDKs learn how wrong they are
            assertThat(answer.headers().firstValue("Date")).isPresent();
        }
    }

    private static Clock shifted(int minutes) {
        return Clock.offset(Clock.systemUTC(), Duration.ofMinutes(minutes));
    }

    private String form(Random random) {
        var form = new StringBuilder("Version=2016-11-15&Action=");
        form.append(
                random.nextBoolean() ? goodLaunch() : ACTIONS.get(random.nextInt(ACTIONS.size())));
        for (int i = random.nextInt(3); i > 0; i--) {
            form.append('&')
                    .append(NAMES.get(random.nextInt(NAMES.size())))
                    .append('=')
                    .append(URLEncoder.encode(value(random), StandardCharsets.UTF_8));
        }
        return form.toString();
    }

    /// What follows may replace any of it.
    private String goodLaunch() {
        return "RunInstances&MinCount=1&MaxCount=1&ImageId=%s&InstanceType=%s"
                .formatted(cloud.aws.imageId(), cloud.aws.instanceType());
    }

    private String value(Random random) {
        return switch (random.nextInt(14)) {
            case 0 -> "";
            case 1 -> "1";
            case 2 -> "-1";
            case 3 -> "99999999999999999999";
            case 4 -> "i-0123456789abcdef0";
            case 5 -> cloud.aws.imageId();
            case 6 -> cloud.aws.instanceType();
            case 7 -> "tag:x";
            case 8 -> "instance";
            case 9 -> "*".repeat(random.nextInt(60)) + "b";
            case 10 -> "<&>\"'\u0000\u0001\r\n\uFFFF";
            case 11 -> "𝔘中";
            case 12 -> "true";
            default -> "../../etc";
        };
    }
}
