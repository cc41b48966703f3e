using CdBackuper.EndToEnd.Kit;
using k8s;
using k8s.Models;

namespace CdBackuper.EndToEnd.Deploy;

/// <summary>The manifests of one choice of components, as kustomize makes them, loaded into Kubernetes' own types.</summary>
internal sealed class Rendering
{
    private static readonly string[] Ways = ["device-plugin", "privileged"];
    private static readonly string[] Additions = ["nfs", "networkpolicy", "exclude-nodes", "nfd"];
    private static readonly Dictionary<string, Type> OwnKinds = new(StringComparer.Ordinal)
    {
        ["nfd.k8s-sigs.io/v1alpha1/NodeFeatureRule"] = typeof(NodeFeatureRule),
    };

    private static readonly Lazy<IReadOnlyList<Rendering>> Rendered = new(RenderAll);

    private Rendering(IReadOnlyList<string> components, string yaml)
    {
        Components = components;
        Yaml = yaml;
        Objects = Load(yaml);
    }

    /// <summary>Every combination there is.</summary>
    public static IReadOnlyList<Rendering> All
    {
        get
        {
            Assert.SkipUnless(Tool.Exists("kubectl") || Tool.Exists("kustomize"), "neither kubectl nor kustomize is here");
            return Rendered.Value;
        }
    }

    public IReadOnlyList<string> Components { get; }

    public string Yaml { get; }

    public IReadOnlyList<object> Objects { get; }

    public string Name => string.Join(' ', Components);

    public IReadOnlyList<Workload> Workloads =>
    [
        .. Of<V1DaemonSet>().Select(set => new Workload(set.Metadata, set.Spec.Selector, set.Spec.Template)),
        .. Of<V1Deployment>().Select(set => new Workload(set.Metadata, set.Spec.Selector, set.Spec.Template)),
    ];

    public Workload Importer => Workloads.Single(workload => workload.Name == "cd-importer");

    public Workload Archive => Workloads.Single(workload => workload.Name == "cd-archive");

    public bool Has(string component) => Components.Contains(component);

    public IReadOnlyList<T> Of<T>() => [.. Objects.OfType<T>()];

    /// <summary>Unknown fields and double keys are errors, as they are for the API server.</summary>
    public static IReadOnlyList<object> Load(string yaml) => [.. KubernetesYaml.LoadAllFromString(yaml, OwnKinds, strict: true)];

    /// <summary>What <c>deploy/render.sh</c> writes to standard output.</summary>
    public static ToolResult Script(params IEnumerable<string> arguments) =>
        Tool.Run(Path.Combine(Repository.Root, "deploy/render.sh"), ["-o", "-", .. arguments]);

    private static IReadOnlyList<Rendering> RenderAll()
    {
        var choices =
            from way in Ways
            from mask in Enumerable.Range(0, 1 << Additions.Length)
            select new[] { way }.Concat(Additions.Where((_, index) => (mask & (1 << index)) != 0)).ToArray();
        return [.. choices.AsParallel().AsOrdered().WithDegreeOfParallelism(4).Select(components =>
        {
            var result = Script(components);
            Assert.True(result.ExitCode == 0, result.ToString());
            return new Rendering(components, result.Out);
        })];
    }
}
