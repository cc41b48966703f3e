namespace CdBackuper.Rig.Kit;

/// <summary>A disc's description for rig-mmc: what <c>rig-mmc --help</c> says of it, from images in one folder.</summary>
internal sealed class DiscSheet
{
    private readonly Dictionary<string, object> fields = new() { ["media"] = "cd-r" };
    private readonly Dictionary<string, object> faults = [];
    private readonly List<object> sessions = [];

    /// <summary>Adds a session of one data track.</summary>
    /// <param name="image">An image in the folder where the description will lie.</param>
    /// <param name="runOut">So many sectors at the end that do not read.</param>
    public DiscSheet Session(string image, int runOut = 0)
    {
        sessions.Add(new { tracks = new[] { new { type = "mode1", file = Path.GetFileName(image), runout = runOut } } });
        return this;
    }

    /// <summary>So many sectors the drive reports too many, or, negative, too few.</summary>
    public DiscSheet CapacityOff(int sectors)
    {
        fields["capacity_delta"] = sectors;
        return this;
    }

    /// <param name="kind">bad, flaky, ...</param>
    /// <param name="spec">Sectors as text, or an object or a list of such: see <c>rig-mmc --help</c>.</param>
    public DiscSheet Fault(string kind, object spec)
    {
        faults[kind] = spec;
        return this;
    }

    public string WriteTo(Bench bench, string name) =>
        bench.Describe(name, new Dictionary<string, object>(fields) { ["sessions"] = sessions, ["faults"] = faults });
}
