//! What is carried: bills, parties, goods items and masses.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{CountryCode, HsCode, Mrn, UnLocode};

/// A mass in kilograms.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
pub struct Kilograms(pub f64);

impl std::iter::Sum for Kilograms {
    fn sum<I: Iterator<Item = Self>>(masses: I) -> Self {
        Self(masses.map(|m| m.0).sum())
    }
}

coded_enum! {
    /// The level of a transport document.
    BillLevel {
        /// The carrier's document.
        Master = "master",
        /// A forwarder's document under it.
        House = "house",
    }
}

/// A bill of lading, air waybill, CMR or rail note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Bill {
    /// Its number as printed.
    pub number: String,
    /// Master or house.
    pub level: BillLevel,
}

coded_enum! {
    /// A party's part in the consignment.
    PartyRole {
        /// Sends.
        Consignor = "consignor",
        /// Receives.
        Consignee = "consignee",
        /// Declares.
        Declarant = "declarant",
        /// Carries.
        Carrier = "carrier",
    }
}

/// A party to the consignment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Party {
    /// Its part.
    pub role: PartyRole,
    /// Its name, in its own script.
    pub name: String,
    /// Where it is established.
    pub country: CountryCode,
    /// EORI, TIN or another register's number.
    pub register_number: Option<String>,
}

/// A goods item of the declaration.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct GoodsItem {
    /// Its number in the declaration, from 1.
    pub number: u32,
    /// The description as declared.
    pub description: String,
    /// The code as declared; `None` when what was declared is no HS code.
    pub hs: Option<HsCode>,
    /// HS chapters that the description's words suggest, when the central knows; empty when it does not.
    #[serde(default)]
    pub described_chapters: Vec<u8>,
    /// Country of origin.
    pub origin: CountryCode,
    /// Number of packages.
    pub packages: u32,
    /// UN/ECE recommendation 21 package code: `CT` carton, `BG` bag.
    pub package_code: String,
    /// Mass with packaging.
    pub gross: Kilograms,
    /// Mass without packaging.
    pub net: Kilograms,
    /// UN number of dangerous goods, four digits.
    pub un_number: Option<String>,
}

/// The consignment under inspection.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Consignment {
    /// The declaration.
    pub mrn: Option<Mrn>,
    /// Master bill first, then house bills.
    pub bills: Vec<Bill>,
    /// Consignor, consignee, declarant, carrier.
    pub parties: Vec<Party>,
    /// Place of loading.
    pub from: UnLocode,
    /// Place of discharge or entry.
    pub to: UnLocode,
    /// Goods items in the order of the declaration.
    pub items: Vec<GoodsItem>,
    /// Total gross mass as declared in the header.
    pub declared_gross: Kilograms,
    /// Total packages as declared in the header.
    pub declared_packages: u32,
}

impl Consignment {
    /// The first party with `role`.
    pub fn party(&self, role: PartyRole) -> Option<&Party> {
        self.parties.iter().find(|party| party.role == role)
    }

    /// The item with this number.
    pub fn item(&self, number: u32) -> Option<&GoodsItem> {
        self.items.iter().find(|item| item.number == number)
    }
}
