//! Parties: invented firms whose names look like those on real papers, in several scripts and lengths.

use crate::dice::Dice;

/// A firm and its country.
pub(crate) type Firm = (&'static str, &'static str);

/// Firms that receive at the land post. Their names do not say in what they trade, as chance pairs them with goods.
const LAND_CONSIGNEES: &[Firm] = &[
    ("Karonga General Dealers", "MW"),
    ("Mzuzu Trading House", "MW"),
    ("Lilongwe Wholesale Distributors", "MW"),
    ("Chitipa Farmers Union", "MW"),
    ("Viphya Holdings", "MW"),
    ("Rumphi Stores", "MW"),
    ("Zomba Supplies", "MW"),
    ("Blantyre Merchants", "MW"),
    (
        "Northern Region Marketing, Processing & Transport Cooperative Society Limited",
        "MW",
    ),
    ("Limbe Import Company", "MW"),
    ("Kasungu Traders", "MW"),
    ("Nkhata Bay Commercial", "MW"),
    ("Salima Estates", "MW"),
    ("Mangochi Supplies", "MW"),
    ("Chipata Supermarkets", "ZM"),
    ("Copperbelt Commercial Agencies Ltd", "ZM"),
    ("Al-Noor Trading — النور للتجارة", "MW"),
    ("Livingstonia Mission Stores", "MW"),
];

/// Firms that receive at the seaport.
const SHED_CONSIGNEES: &[Firm] = &[
    ("Kariakoo Importers", "TZ"),
    ("Ubungo Enterprises", "TZ"),
    ("Morogoro Commercial", "TZ"),
    ("Kilimanjaro Trading", "TZ"),
    ("Zanzibar Supplies", "TZ"),
    ("Tanga Distributors", "TZ"),
    ("Dodoma General Stores", "TZ"),
    ("Arusha Merchants", "TZ"),
    ("Bujumbura Commerce Général", "BI"),
    ("Société Kivu Import-Export et Compagnie", "CD"),
];

/// Firms that send, by country of origin.
const CONSIGNORS: &[(&str, &[&str])] = &[
    (
        "CN",
        &[
            "深圳市华远进出口有限公司",
            "宁波东方进出口股份有限公司",
            "Foshan Golden Export Co., Ltd",
            "青岛海陆国际贸易有限公司",
        ],
    ),
    (
        "IN",
        &[
            "Gujarat Overseas Pvt Ltd",
            "श्री गणेश ट्रेडिंग कंपनी",
            "Mundra Exports",
            "Ludhiana International",
        ],
    ),
    (
        "AE",
        &[
            "شركة الخليج للتجارة العامة ذ.م.م",
            "Jebel Ali Re-Export FZE",
            "Deira General Trading FZCO",
        ],
    ),
    (
        "ZA",
        &[
            "Durban Export Agencies (Pty) Ltd",
            "Highveld Trading",
            "Cape & Karoo Merchants",
        ],
    ),
    (
        "TZ",
        &[
            "Southern Highlands Traders",
            "Tunduma Commercial",
            "Mbozi Cooperative Union",
            "Iringa Produce",
        ],
    ),
    (
        "KE",
        &[
            "Mombasa Export House",
            "Naivasha Produce",
            "Thika Industries",
        ],
    ),
    ("ZM", &["Mpika Farmers", "Lusaka Commercial"]),
    ("JP", &["横浜商事株式会社", "Nagoya Trading KK"]),
    (
        "DE",
        &[
            "Weser Handelsgesellschaft mbH & Co. KG",
            "Süddeutsche Exportkontor AG",
        ],
    ),
    (
        "NL",
        &[
            "Westland Export B.V.",
            "Rotterdamse Handelmaatschappij N.V.",
        ],
    ),
    (
        "BR",
        &["Comércio Exterior São João S.A.", "Exportadora Boa Vista"],
    ),
    ("TH", &["บริษัท สยามส่งออก จำกัด", "Bangkok Trading"]),
    ("TR", &["Anadolu Dış Ticaret A.Ş.", "İzmir İhracat"]),
    ("GB", &["Humber Export Sales", "Thames Merchants"]),
    ("US", &["Gulf Coast Export LLC", "Midwest Commodities"]),
    ("ET", &["የአዲስ ዓለም ላኪዎች"]),
    ("RU", &["ООО «Волга-Экспорт»"]),
    ("SA", &["شركة ينبع للتصدير"]),
    ("PK", &["کراچی ایکسپورٹرز", "Sialkot Traders"]),
    ("VN", &["Công ty TNHH Xuất Nhập Khẩu Hải Long"]),
];

const DECLARANTS: &[Firm] = &[
    ("J. Banda, clearing agent", "MW"),
    ("Songwe Clearing & Forwarding", "MW"),
    ("Transcorridor Agencies", "TZ"),
    ("Uhuru Freight Services", "TZ"),
    ("Great Lakes Customs Brokers", "MW"),
    ("Bahari Shipping Agencies", "TZ"),
];

const HAULIERS: &[Firm] = &[
    ("Tukuyu Hauliers", "TZ"),
    ("Chambeshi Road Freight", "ZM"),
    ("Lake Corridor Transport", "MW"),
    ("Simba Lines", "TZ"),
    ("Usafirishaji Bora", "TZ"),
];

/// Who receives.
pub(crate) fn consignee(dice: &mut Dice, at_land: bool) -> Firm {
    *dice.pick(if at_land {
        LAND_CONSIGNEES
    } else {
        SHED_CONSIGNEES
    })
}

/// Who sends goods of this origin.
pub(crate) fn consignor(dice: &mut Dice, origin: &str) -> &'static str {
    CONSIGNORS
        .iter()
        .find(|(country, _)| *country == origin)
        .map_or("Worldwide Merchants", |&(_, firms)| *dice.pick(firms))
}

/// Who declares.
pub(crate) fn declarant(dice: &mut Dice) -> Firm {
    *dice.pick(DECLARANTS)
}

/// Who carries by road.
pub(crate) fn haulier(dice: &mut Dice) -> Firm {
    *dice.pick(HAULIERS)
}
