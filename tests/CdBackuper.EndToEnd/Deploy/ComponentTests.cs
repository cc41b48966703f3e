using k8s.Models;

namespace CdBackuper.EndToEnd.Deploy;

/// <summary>What each component adds, and nothing without it.</summary>
public sealed class ComponentTests
{
    private const string DriveLabel = "cdbackuper.io/optical-drive";

    [Fact]
    public void Nodes_without_a_drive_get_no_pod_where_the_drive_must_be_asked_for()
    {
        foreach (var rendering in Rendering.All)
        {
            Assert.Equal(
                rendering.Has("device-plugin") || rendering.Has("nfd"), rendering.Importer.Pod.NodeSelector.ContainsKey(DriveLabel));
            var rule = rendering.Of<NodeFeatureRule>();
            Assert.Equal(rendering.Has("nfd") ? 1 : 0, rule.Count);
            if (rule.Count > 0)
            {
                var only = Assert.Single(rule[0].Spec.Rules);
                Assert.Equal("true", only.Labels[DriveLabel]);
                Assert.Equal("storage.block", Assert.Single(only.MatchFeatures).Feature);
                Assert.Matches(Assert.Single(only.MatchFeatures[0].MatchName.Value), "sr12");
            }
        }
    }

    [Fact]
    public void The_importer_asks_for_what_the_device_plugin_gives()
    {
        foreach (var rendering in Rendering.All)
        {
            var asked = rendering.Importer.Container.Resources.Limits.Keys.Where(name => name.Contains('/')).ToArray();
            if (!rendering.Has("device-plugin"))
            {
                Assert.Empty(asked);
                continue;
            }

            var arguments = rendering.Workloads.Single(workload => workload.Name == "cd-device-plugin").Container.Args;
            var device = k8s.KubernetesYaml.Deserialize<Dictionary<string, object>>(arguments[^1]);
            Assert.Equal(["--domain", "--device"], [arguments[0], arguments[2]]);
            Assert.Equal([$"{arguments[1]}/{device["name"]}"], asked);
            // All drives of a node are one unit: a set can't ask one node for one and another for three.
            Assert.Single(System.Text.RegularExpressions.Regex.Matches(arguments[^1], @"(?m)^\s*- paths:"));
            Assert.Equal(8, System.Text.RegularExpressions.Regex.Count(arguments[^1], @"path: /dev/sr\d, permissions: rw, optional: true"));
        }
    }

    [Fact]
    public void Privileged_importers_see_the_nodes_devices_as_they_come()
    {
        foreach (var rendering in Rendering.All.Where(each => each.Has("privileged")))
        {
            Assert.True(rendering.Importer.Container.SecurityContext.Privileged);
            var mount = rendering.Importer.Container.VolumeMounts.Single(each => each.MountPath == "/dev");
            Assert.Equal("/dev", rendering.Importer.Pod.Volumes.Single(volume => volume.Name == mount.Name).HostPath.Path);
        }
    }

    [Fact]
    public void Nodes_are_left_out_by_a_label_always_and_by_name_with_the_component()
    {
        foreach (var rendering in Rendering.All)
        {
            var rules = rendering.Importer.NodeRules.ToDictionary(rule => rule.Key, rule => (rule.OperatorProperty, string.Join(' ', rule.Values)));
            Assert.Equal(("NotIn", "disabled"), rules["cdbackuper.io/rip"]);
            Assert.Equal(rendering.Has("exclude-nodes") ? ("NotIn", "hp1") : default, rules.GetValueOrDefault("kubernetes.io/hostname"));
        }
    }

    [Fact]
    public void The_volume_is_bound_to_the_claim_and_outlives_it()
    {
        foreach (var rendering in Rendering.All)
        {
            var claim = Assert.Single(rendering.Of<V1PersistentVolumeClaim>());
            Assert.Equal(["ReadWriteMany"], claim.Spec.AccessModes);
            Assert.Equal("1Ti", claim.Spec.Resources.Requests["storage"].ToString());
            Assert.All(rendering.Workloads.SelectMany(workload => workload.Pod.Volumes).Where(volume => volume.PersistentVolumeClaim is not null), volume =>
                Assert.Equal(claim.Metadata.Name, volume.PersistentVolumeClaim.ClaimName));
            if (!rendering.Has("nfs"))
            {
                Assert.Empty(rendering.Of<V1PersistentVolume>());
                continue;
            }

            var volume = Assert.Single(rendering.Of<V1PersistentVolume>());
            Assert.Equal((volume.Metadata.Name, ""), (claim.Spec.VolumeName, claim.Spec.StorageClassName));
            Assert.Equal((claim.Metadata.Name, claim.Metadata.NamespaceProperty), (volume.Spec.ClaimRef.Name, volume.Spec.ClaimRef.NamespaceProperty));
            Assert.Equal(("Retain", ""), (volume.Spec.PersistentVolumeReclaimPolicy, volume.Spec.StorageClassName));
            Assert.Equal(["hard", "nfsvers=4.2", "noatime"], volume.Spec.MountOptions);
        }
    }

    [Fact]
    public void What_is_mounted_is_there_and_what_is_written_to_is_mounted() => Assert.All(Rendering.All, rendering =>
        Assert.All(rendering.Workloads.Where(workload => workload.Name != "cd-device-plugin"), workload =>
        {
            Assert.Equal(
                workload.Pod.Volumes.Select(volume => volume.Name).Order(StringComparer.Ordinal),
                workload.Container.VolumeMounts.Select(mount => mount.Name).Order(StringComparer.Ordinal));
            Assert.Subset(
                workload.Container.VolumeMounts.Select(mount => mount.MountPath).ToHashSet(), new HashSet<string> { "/data", "/tmp", "/var/lib/cdbackuper" });
        }));

    [Fact]
    public void The_policies_deny_all_and_open_what_our_pods_need()
    {
        foreach (var rendering in Rendering.All)
        {
            var policies = rendering.Of<V1NetworkPolicy>().ToDictionary(policy => policy.Metadata.Name);
            if (!rendering.Has("networkpolicy"))
            {
                Assert.Empty(policies);
                continue;
            }

            Assert.Equal(["Ingress", "Egress"], policies["default-deny"].Spec.PolicyTypes);
            Assert.Null(policies["default-deny"].Spec.PodSelector.MatchLabels);
            Assert.Equal(
                ["TCP 443", "TCP 53", "UDP 53"],
                policies["cdbackuper-egress"].Spec.Egress.SelectMany(rule => rule.Ports).Select(port => $"{port.Protocol} {port.Port.Value}").Order(StringComparer.Ordinal));
            foreach (var workload in new[] { rendering.Importer, rendering.Archive })
            {
                Assert.Contains(workload.Name, Assert.Single(policies["cdbackuper-egress"].Spec.PodSelector.MatchExpressions).Values);
                var http = policies[$"{workload.Name}-http"].Spec;
                Assert.Equal(workload.Name, http.PodSelector.MatchLabels["app"]);
                Assert.Contains(workload.Container.Ports, port => port.Name == Assert.Single(Assert.Single(http.Ingress).Ports).Port.Value);
            }
        }
    }

    [Fact]
    public void A_rollout_takes_one_node_after_the_other_and_the_archive_is_never_there_twice()
    {
        foreach (var rendering in Rendering.All)
        {
            var strategy = rendering.Of<V1DaemonSet>().Single(set => set.Metadata.Name == "cd-importer").Spec.UpdateStrategy;
            Assert.Equal(("RollingUpdate", "1"), (strategy.Type, strategy.RollingUpdate.MaxUnavailable.Value));
            Assert.Null(strategy.RollingUpdate.MaxSurge);
            var deployment = Assert.Single(rendering.Of<V1Deployment>()).Spec;
            Assert.Equal((1, "Recreate", null), (deployment.Replicas, deployment.Strategy.Type, deployment.Strategy.RollingUpdate));
        }
    }
}
