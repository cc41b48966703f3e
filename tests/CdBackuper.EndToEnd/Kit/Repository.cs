namespace CdBackuper.EndToEnd.Kit;

/// <summary>Where the built program lies.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Program { get; } = Path.Combine(Root, "artifacts/bin/CdBackuper/release/cdbackuper");

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CdBackuper.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("CdBackuper.slnx is in no folder above the tests.");
    }
}
