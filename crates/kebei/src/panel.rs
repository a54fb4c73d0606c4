//! The provider's own panel (`verify_url`), as it is configured.

use crate::{
    clock::SystemClock,
    private_file::{self, NoSecret},
    settings,
};
use ::panel::{BadPanel, HttpPanel, Secret, Settings};
use app::verification::HostPanel;
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

/// What is configured of the panel.
#[derive(Clone, Copy, Debug, Default)]
struct PanelSettings<'a> {
    /// `verify_url`; when it is not set, imported logins are compared with.
    url: Option<&'a str>,
    /// `verify_url_secret_file`.
    secret_file: Option<&'a Path>,
    /// `verify_url_addresses`.
    addresses: &'a [String],
    /// `verify_url_ca`.
    ca_file: Option<&'a Path>,
}

/// Why the panel cannot be asked.
#[derive(Debug)]
pub(crate) enum NoPanel {
    /// It has a URL and no secret.
    NoSecretFile,
    /// The secret cannot be read.
    Secret(PathBuf, NoSecret),
    /// What is configured cannot work.
    Bad(BadPanel),
}

/// The panel of those settings; `None` where there is no `verify_url`. Nothing is asked of it yet.
pub(crate) fn panel(settings: &settings::Settings) -> Result<Option<Arc<dyn HostPanel>>, NoPanel> {
    let addresses: Vec<String> = settings.verify_url_addresses.iter().map(ToString::to_string).collect();
    configured(PanelSettings {
        url: settings.verify_url.as_deref(),
        secret_file: settings.verify_url_secret_file.as_deref(),
        addresses: &addresses,
        ca_file: settings.verify_url_ca.as_deref(),
    })
}

fn configured(settings: PanelSettings<'_>) -> Result<Option<Arc<dyn HostPanel>>, NoPanel> {
    let Some(url) = settings.url else { return Ok(None) };
    let file = settings.secret_file.ok_or(NoPanel::NoSecretFile)?;
    let secret = private_file::read(file).map_err(|fault| NoPanel::Secret(file.to_owned(), fault))?;
    let secret = Secret::parse(&secret).map_err(|fault| NoPanel::Bad(fault.into()))?;
    let settings = Settings {
        url: url.to_owned(),
        secret,
        addresses: settings.addresses.to_vec(),
        ca_file: settings.ca_file.map(Path::to_owned),
    };
    let panel = HttpPanel::new(&settings, Arc::new(SystemClock)).map_err(NoPanel::Bad)?;
    Ok(Some(Arc::new(panel)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::panel::no_panel;
    use rulebook::Lang;
    use std::{fs, os::unix::fs::PermissionsExt};

    const SECRET: &str = "canary-0123456789-0123456789-0123456789";

    #[test]
    fn a_panel_needs_a_url_and_a_secret_that_is_nobody_elses() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("secret");
        let write = |text: &str, mode| {
            fs::write(&file, text).unwrap();
            fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
        };
        write(SECRET, 0o600);
        let addresses = ["10.0.0.0/8".to_owned()];
        let whole = PanelSettings {
            url: Some("http://10.1.2.3/verify"),
            secret_file: Some(&file),
            addresses: &addresses,
            ca_file: None,
        };
        assert!(configured(PanelSettings::default()).unwrap().is_none());
        assert!(configured(whole).unwrap().is_some());
        let told = |settings: PanelSettings<'_>, words: &str| {
            let fault = configured(settings).err().unwrap();
            let [zh, en] = [Lang::Zh, Lang::En].map(|lang| no_panel(&fault, lang));
            assert!(zh.contains(words) && en.contains(words), "{zh} {en}");
            assert!(!format!("{zh} {en} {fault:?}").contains("canary"), "{zh} {en} {fault:?}");
        };
        told(PanelSettings { secret_file: None, ..whole }, "verify_url_secret_file");
        told(PanelSettings { addresses: &[], ..whole }, "verify_url_addresses");
        told(PanelSettings { addresses: &["10.0.0.1/8".to_owned()], ..whole }, "10.0.0.1/8");
        told(PanelSettings { addresses: &["x".to_owned()], ..whole }, "verify_url_addresses");
        told(
            PanelSettings { url: Some("https://10.1.2.3/"), addresses: &["10.2.0.0/16".to_owned()], ..whole },
            "10.1.2.3",
        );
        told(PanelSettings { url: Some("https://canary@panel.example/"), ..whole }, "verify_url");
        told(PanelSettings { url: Some("panel.example"), ..whole }, "verify_url");
        told(PanelSettings { ca_file: Some(Path::new("none.pem")), ..whole }, "none.pem");
        told(PanelSettings { secret_file: Some(folder.path()), ..whole }, "verify_url_secret_file");
        write("canary", 0o600);
        told(whole, "32");
        write(SECRET, 0o640);
        told(whole, "chmod 600");
    }
}
