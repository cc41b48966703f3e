using k8s;
using k8s.Models;

namespace CdBackuper.EndToEnd.Deploy;

/// <summary>Node Feature Discovery's own kind, as far as it is used: nfd.k8s-sigs.io/v1alpha1.</summary>
internal sealed class NodeFeatureRule : IKubernetesObject<V1ObjectMeta>
{
    public string ApiVersion { get; set; } = "";

    public string Kind { get; set; } = "";

    public V1ObjectMeta Metadata { get; set; } = new();

    public RuleList Spec { get; set; } = new();

    internal sealed class RuleList
    {
        public List<Rule> Rules { get; set; } = [];
    }

    internal sealed class Rule
    {
        public string Name { get; set; } = "";

        public Dictionary<string, string> Labels { get; set; } = [];

        public List<Wanted> MatchFeatures { get; set; } = [];
    }

    internal sealed class Wanted
    {
        public string Feature { get; set; } = "";

        public Match MatchName { get; set; } = new();
    }

    internal sealed class Match
    {
        public string Op { get; set; } = "";

        public List<string> Value { get; set; } = [];
    }
}
