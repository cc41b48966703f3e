using k8s.Models;

namespace CdBackuper.EndToEnd.Deploy;

/// <summary>A DaemonSet or Deployment: what its pods are made of.</summary>
internal sealed record Workload(V1ObjectMeta Metadata, V1LabelSelector Selector, V1PodTemplateSpec Template)
{
    public string Name => Metadata.Name;

    public V1PodSpec Pod => Template.Spec;

    public V1Container Container => Assert.Single(Pod.Containers);

    /// <summary>What the pods get from the environment of the manifest itself.</summary>
    public IReadOnlyDictionary<string, V1EnvVar> Environment => Container.Env.ToDictionary(variable => variable.Name, StringComparer.Ordinal);

    /// <summary>The expressions of the one term that its nodes must meet; none where there is no affinity.</summary>
    public IReadOnlyList<V1NodeSelectorRequirement> NodeRules =>
        Pod.Affinity is null ? [] : [.. Assert.Single(Pod.Affinity.NodeAffinity.RequiredDuringSchedulingIgnoredDuringExecution.NodeSelectorTerms).MatchExpressions];
}
