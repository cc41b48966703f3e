using CdBackuper.EndToEnd.Kit;
using CdBackuper.Hosting;
using k8s.Models;

namespace CdBackuper.EndToEnd.Deploy;

/// <summary>Rules that hold for every combination of components: what people who run clusters would look for.</summary>
public sealed class ManifestTests
{
    private const int AppUser = 1654;
    private const string Plugin = "cd-device-plugin";
    private static readonly string Version = System.Text.RegularExpressions.Regex.Match(
        File.ReadAllText(Path.Combine(Repository.Root, "Directory.Build.props")), "<Version>(.*)</Version>").Groups[1].Value;

    [Fact]
    public void Every_combination_is_loaded_strictly_and_a_wrong_field_would_be_seen()
    {
        Assert.Equal(32, Rendering.All.Count);
        Assert.All(Rendering.All, rendering => Assert.Equal(rendering.Has("device-plugin") ? 3 : 2, rendering.Workloads.Count));
        Assert.ThrowsAny<Exception>(() => Rendering.Load(Rendering.All[0].Yaml.Replace("updateStrategy:", "updateStrategie:", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_pod_is_for_linux_nodes_alone() => Every(workload =>
        Assert.Equal("linux", workload.Pod.NodeSelector["kubernetes.io/os"]));

    [Fact]
    public void Nothing_is_privileged_or_of_the_host_outside_its_component()
    {
        foreach (var (rendering, workload) in Pairs())
        {
            var mayAll = workload.Name == Plugin || (workload.Name == "cd-importer" && rendering.Has("privileged"));
            Assert.True(workload.Container.SecurityContext.Privileged is null or false || mayAll, rendering.Name);
            Assert.True(workload.Pod.Volumes.All(volume => volume.HostPath is null) || mayAll, rendering.Name);
            Assert.True(workload.Pod is { HostNetwork: null, HostPID: null, HostIPC: null, HostUsers: null }, rendering.Name);
            Assert.Equal(workload.Name == Plugin ? "kube-system" : "cd-import", workload.Metadata.NamespaceProperty);
        }

        foreach (var rendering in Rendering.All)
        {
            var level = Assert.Single(rendering.Of<V1Namespace>()).Metadata.Labels["pod-security.kubernetes.io/enforce"];
            Assert.Equal(rendering.Has("privileged") ? "privileged" : "restricted", level);
        }
    }

    [Fact]
    public void Our_pods_meet_the_restricted_profile_and_the_privileged_one_breaks_only_what_it_must()
    {
        foreach (var (rendering, workload) in Pairs().Where(pair => pair.Workload.Name != Plugin))
        {
            var (pod, container) = (workload.Pod.SecurityContext, workload.Container.SecurityContext);
            Assert.Equal((true, AppUser, AppUser, "RuntimeDefault"), (pod.RunAsNonRoot, pod.RunAsUser, pod.RunAsGroup, pod.SeccompProfile.Type));
            Assert.Equal(["ALL"], container.Capabilities.Drop);
            Assert.Null(container.Capabilities.Add);
            Assert.True(container.ReadOnlyRootFilesystem);
            Assert.Equal(workload.Name == "cd-importer" && rendering.Has("privileged"), container.AllowPrivilegeEscalation);
            Assert.Null(pod.FsGroup);
            Assert.Equal(workload.Name == "cd-importer" ? [24, 65537] : [65537L], pod.SupplementalGroups.Select(group => group!.Value));
        }
    }

    [Fact]
    public void Probes_ask_the_process_and_wait_long_enough() => EveryOfOurs(workload =>
    {
        var container = workload.Container;
        Assert.Equal("/healthz", container.StartupProbe.HttpGet.Path);
        Assert.Equal("/healthz", container.LivenessProbe.HttpGet.Path);
        Assert.Equal("/readyz", container.ReadinessProbe.HttpGet.Path);
        foreach (var probe in new[] { container.StartupProbe, container.LivenessProbe, container.ReadinessProbe })
        {
            Assert.Contains(container.Ports, port => port.Name == probe.HttpGet.Port.Value);
            Assert.InRange(probe.TimeoutSeconds!.Value, 3, 60);
        }

        Assert.Equal("*:8080", workload.Environment["HTTP_LISTEN"].Value);
    });

    [Fact]
    public void There_is_time_to_save_maps_before_a_pod_is_killed() => EveryOfOurs(workload =>
        Assert.InRange(workload.Pod.TerminationGracePeriodSeconds!.Value, 75, 120));

    [Fact]
    public void Every_pod_asks_for_resources_and_no_cpu_limit_slows_it() => Every(workload =>
    {
        Assert.Equal(["cpu", "memory"], workload.Container.Resources.Requests.Keys.Order(StringComparer.Ordinal));
        Assert.Contains("memory", workload.Container.Resources.Limits.Keys);
        Assert.DoesNotContain("cpu", workload.Container.Resources.Limits.Keys);
    });

    [Fact]
    public void Images_are_pinned_ours_to_this_version_others_by_digest() => Every(workload =>
    {
        var image = workload.Container.Image;
        Assert.True(
            workload.Name == Plugin
                ? System.Text.RegularExpressions.Regex.IsMatch(image, @":\d+(\.\d+)+@sha256:[0-9a-f]{64}$")
                : image == $"ghcr.io/wipash/cdbackuper:{Version}",
            image);
    });

    [Fact]
    public void Nobody_has_a_token_or_a_role() => Every(workload =>
    {
        Assert.False(workload.Pod.AutomountServiceAccountToken);
        foreach (var rendering in Rendering.All)
        {
            Assert.DoesNotContain(rendering.Objects, each => each is V1Role or V1ClusterRole or V1RoleBinding or V1ClusterRoleBinding);
            Assert.All(rendering.Of<V1ServiceAccount>(), account => Assert.False(account.AutomountServiceAccountToken));
            Assert.All(rendering.Workloads, each => Assert.Contains(
                rendering.Of<V1ServiceAccount>(),
                account => (account.Metadata.Name, account.Metadata.NamespaceProperty) == (each.Pod.ServiceAccountName, each.Metadata.NamespaceProperty)));
        }
    });

    [Fact]
    public void Selectors_match_labels_and_services_find_ports()
    {
        foreach (var rendering in Rendering.All)
        {
            foreach (var workload in rendering.Workloads)
            {
                Assert.Equal(workload.Selector.MatchLabels, workload.Template.Metadata.Labels);
            }

            Assert.Equal(["cd-archive", "cd-importer"], rendering.Of<V1Service>().Select(service => service.Metadata.Name).Order(StringComparer.Ordinal));
            foreach (var service in rendering.Of<V1Service>())
            {
                var workload = rendering.Workloads.Single(each => each.Template.Metadata.Labels["app"] == service.Spec.Selector["app"]);
                Assert.Contains(workload.Container.Ports, port => port.Name == Assert.Single(service.Spec.Ports).TargetPort.Value);
            }

            Assert.Equal("None", rendering.Of<V1Service>().Single(service => service.Metadata.Name == "cd-importer").Spec.ClusterIP);
        }
    }

    [Fact]
    public void Secrets_are_named_and_optional_and_never_in_a_manifest()
    {
        foreach (var rendering in Rendering.All)
        {
            Assert.Empty(rendering.Of<V1Secret>());
            foreach (var workload in rendering.Workloads.Where(each => each.Name != Plugin))
            {
                var secrets = workload.Environment.Values.Where(variable => variable.ValueFrom?.SecretKeyRef is not null)
                    .ToDictionary(variable => variable.Name, variable => variable.ValueFrom.SecretKeyRef);
                Assert.All(secrets.Values, secret => Assert.Equal(("cd-archiver-config", true), (secret.Name, secret.Optional)));
                Assert.Equal("discord-webhook-url", secrets["DISCORD_WEBHOOK_URL"].Key);
                Assert.Equal(workload.Name == "cd-archive", secrets.TryGetValue("DISCORD_BOT_TOKEN", out var token) && token.Key == "discord-bot-token");
            }
        }
    }

    [Fact]
    public void Settings_are_those_that_the_program_knows_and_takes()
    {
        foreach (var rendering in Rendering.All)
        {
            var settings = Assert.Single(rendering.Of<V1ConfigMap>()).Data;
            var reader = new SettingsReader(name => settings.TryGetValue(name, out var value) ? value : null, new Dictionary<string, string>());
            reader.Read([]);
            var known = reader.Lines.Select(line => line.Name).Append("DISCORD_WEBHOOK_URL").Append("DISCORD_BOT_TOKEN").ToHashSet();
            Assert.Subset(known, settings.Keys.ToHashSet());
            foreach (var workload in rendering.Workloads.Where(each => each.Name != Plugin))
            {
                Assert.Subset(known, workload.Environment.Keys.ToHashSet());
                Assert.Equal("cd-archiver-settings", Assert.Single(workload.Container.EnvFrom).ConfigMapRef.Name);
                Assert.Equal("spec.nodeName", workload.Environment["NODE_NAME"].ValueFrom.FieldRef.FieldPath);
                Assert.Equal(("/data", "true"), (workload.Environment["DATA_ROOT"].Value, workload.Environment["REQUIRE_MOUNT"].Value));
            }
        }
    }

    [Fact]
    public void The_predecessors_names_are_kept()
    {
        foreach (var rendering in Rendering.All)
        {
            var set = rendering.Of<V1DaemonSet>().Single(each => each.Metadata.Name == "cd-importer");
            Assert.Equal(new Dictionary<string, string> { ["app"] = "cd-importer" }, set.Spec.Selector.MatchLabels);
            Assert.Equal(("watcher", "watch"), (rendering.Importer.Container.Name, Assert.Single(rendering.Importer.Container.Args)));
            var anywhere = Assert.Single(rendering.Importer.Pod.Tolerations);
            Assert.Equal(("Exists", null, null), (anywhere.OperatorProperty, anywhere.Key, anywhere.Effect));
            Assert.Equal("cd-archive-pvc", Assert.Single(rendering.Of<V1PersistentVolumeClaim>()).Metadata.Name);
        }
    }

    private static IEnumerable<(Rendering Rendering, Workload Workload)> Pairs() =>
        Rendering.All.SelectMany(rendering => rendering.Workloads.Select(workload => (rendering, workload)));

    private static void Every(Action<Workload> rule) => Assert.All(Pairs(), pair => rule(pair.Workload));

    private static void EveryOfOurs(Action<Workload> rule) => Assert.All(Pairs().Where(pair => pair.Workload.Name != Plugin), pair => rule(pair.Workload));
}
